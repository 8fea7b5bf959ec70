import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { StatisticsDecision } from '@ostor-console/shared/statistics'
import type { Change } from '../../adapters/store/statistics-changes.ts'
import type { StatisticsDecisions } from '../../adapters/store/statistics-decisions.ts'
import type { StatisticsPages } from '../../adapters/store/statistics-pages.ts'

type Ports = {
  cluster: string
  pages: Pick<StatisticsPages, 'find'>
  decisions: StatisticsDecisions
  collector: {
    readNow(name: string): Promise<Change | null>
    readAs(name: string, startedAt: Date | null): Promise<Change | null>
  }
  now: Date
  actor: string
}

export type Asked = { decision: StatisticsDecision | 'reread' | 'withdraw'; startedAt?: string | undefined }

const FIRST = Date.UTC(2010, 0, 1)
const HOUR_MS = 3_600_000
const GONE = said`The gateway no longer has it, so there is nothing to count.`
const ONLY_COPY = said`The gateway no longer has it, so it could not be counted again.`
const ONLY_GOOD_COPY = said`What the gateway has of it now cannot be counted, so it could not be counted again.`

/** Throws unless the decision makes sense for the object as it stands. */
export const assertDecidable = async (ports: Ports, name: string, asked: Asked): Promise<void> => {
  const { cluster, pages, collector, now } = ports
  const object = await pages.find(cluster, name)
  if (!object) throw problem('statistics-object-not-found')
  const isOpen = asked.decision === 'withdraw' ? object.decision !== null : object.state === 'quarantined'
  if (!isOpen) throw problem('not-quarantined')
  // What is left out has nothing stored that could be lost.
  if (asked.decision === 'withdraw' && object.decision !== 'exclude')
    assertCountable(await collector.readAs(name, object.assignedAt))
  if (asked.decision === 'assign') assertStart(asked.startedAt, now)
  if (asked.decision === 'count' && object.start.getTime() < FIRST)
    throw problem('cannot-be-counted', {
      detail: said`Its date is not true. Assign it to the time at which it really began.`,
    })
}

const assertCountable = (read: Change | null): void => {
  if (read?.kind === 'stored') return
  throw problem('cannot-undo', { detail: read?.kind === 'gone' ? ONLY_COPY : ONLY_GOOD_COPY })
}

const assertStart = (startedAt: string | undefined, now: Date): void => {
  const at = startedAt === undefined ? Number.NaN : Date.parse(startedAt)
  if (at >= FIRST && at <= now.getTime() + HOUR_MS) return
  const detail = said`must be a UTC time between 2010 and now`
  throw problem('request-invalid', { errors: [{ pointer: '/body/startedAt', code: 'start_not_plausible', detail }] })
}

/** Reads the object by the decision, and stores both. What cannot be carried out changes nothing. */
export const decide = async (ports: Ports, name: string, { decision, startedAt }: Asked): Promise<void> => {
  const { cluster, decisions, collector, now: decidedAt, actor: decidedBy } = ports
  if (decision === 'withdraw') return decisions.withdraw(cluster, name, decidedAt)
  if (decision === 'reread') {
    await collector.readNow(name)
    return
  }
  const assignedAt = decision === 'assign' && startedAt !== undefined ? new Date(startedAt) : null
  const decided = { decision, assignedAt, decidedBy, decidedAt }
  if (decision === 'exclude') return decisions.decide(cluster, name, decided, null)
  const read = await collector.readAs(name, assignedAt)
  if (read?.kind !== 'stored') throw problem('cannot-be-counted', { detail: whyNot(read) })
  return decisions.decide(cluster, name, decided, read)
}

const whyNot = (read: Change | null): string => {
  if (read?.kind === 'quarantined') return read.reason
  return read?.kind === 'retry' ? said`The gateway sends an object that cannot be read.` : GONE
}

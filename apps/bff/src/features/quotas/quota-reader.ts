import { ProblemError } from '@ostor-console/shared/problem'
import type { Directory, UserSnapshot } from '../../adapters/gateway/directory.ts'
import type { Gateway } from '../../adapters/gateway/gateway.ts'
import { createRepeat } from '../../repeat.ts'
import { twinsOf } from '../../writing/addressing.ts'
import type { KnownQuotas } from './known-quotas.ts'

type Parts = {
  cluster: { id: string }
  directory: Pick<Directory, 'users'>
  /** Waits before every request, and notes what it was told; `null` reads none. */
  gateway: Pick<Gateway, 'getQuota' | 'close'> | null
  quotas: KnownQuotas
  /** Whether it is known by now what a size counts: those that were read before are read again. */
  isUnitKnown: () => boolean
  log: Record<'warn', (details: object, message: string) => void>
  now?: (() => Date) | undefined
  /** Whether it is this process that reads; the others know what it has read. */
  isOurs?: () => boolean
}

export type QuotaReader = ReturnType<typeof createQuotaReader>
type Due = { userId: string; email: string | null }

const READ_AGAIN_MS = 12 * 3_600_000
const LOOK_MS = 300_000
/** Read before it is looked again who is new. */
const MOST_DUE = 1_000
/** Read before it is written and shown. */
const BATCH = 40
const PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 3_600_000

/** Reads the quota of every user now and then, one by one, because the gateway has no list of them. */
export const createQuotaReader = ({
  cluster,
  directory,
  gateway,
  quotas,
  isUnitKnown,
  log,
  now = () => new Date(),
  isOurs = () => true,
}: Parts) => {
  let due: Due[] = []
  let lookedAt = Number.NEGATIVE_INFINITY
  let failures = 0

  const isDue = ({ id }: { id: string }): boolean => {
    const quota = quotas.now().byUser.get(id)
    if (!quota || quotas.isDoubted(quota) || (!quota.isUnitKnown && isUnitKnown())) return true
    return now().getTime() - quota.readAt.getTime() >= READ_AGAIN_MS
  }

  const readAtOf = ({ id }: { id: string }): number => quotas.now().byUser.get(id)?.readAt.getTime() ?? 0

  const findDue = (users: UserSnapshot): Promise<Due[]> => {
    const oldest = users.users
      .filter(isDue)
      .toSorted((a, b) => readAtOf(a) - readAtOf(b))
      .slice(0, MOST_DUE)
    const list = { users: async () => users }
    return Promise.all(
      oldest.map(async ({ id, email }) => {
        const isAlone = email.trim() !== '' && (await twinsOf(list, { id, email })).length === 0
        return { userId: id, email: isAlone ? email : null }
      }),
    )
  }

  const look = async (): Promise<void> => {
    const users = await directory.users()
    if (users.staleReason === null) await quotas.forget((userId) => !users.byId.has(userId))
    due = await findDue(users)
    lookedAt = now().getTime()
  }

  const readSome = async ({ getQuota }: Pick<Gateway, 'getQuota'>): Promise<void> => {
    for (let read = 0; read < BATCH; read++) {
      const target = due.shift()
      if (!target) return
      await getQuota(target).catch(unlessGone)
    }
  }

  const work = async (): Promise<void> => {
    await quotas.save()
    await quotas.load()
    if (!gateway) return
    if (!isOurs()) {
      due = []
      return
    }
    if (due.length === 0 && now().getTime() - lookedAt >= LOOK_MS) await look()
    try {
      await readSome(gateway)
    } finally {
      await quotas.save()
    }
  }

  const repeat = createRepeat({
    async work() {
      try {
        await work()
        failures = 0
      } catch (err) {
        failures += 1
        log.warn({ cluster: cluster.id, err }, 'quotas of users could not be read')
      }
    },
    pauseMs: () => {
      if (due.length > 0 && failures === 0) return 0
      return Math.min(PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS)
    },
  })

  return {
    /** Reads some that are due. */
    round: repeat.round,
    start: (): void => void repeat.start(),
    async stop(): Promise<void> {
      due = []
      await repeat.stop()
      await gateway?.close()
      await quotas
        .save()
        .catch((err: unknown) => log.warn({ cluster: cluster.id, err }, 'quotas that were read are not kept'))
    },
  }
}

const unlessGone = (error: unknown): void => {
  if (!(error instanceof ProblemError && error.is('user-not-found'))) throw error
}

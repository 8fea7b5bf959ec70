import type { Cluster } from '@ostor-console/shared/cluster'
import type { Collector as Status } from '@ostor-console/shared/collector'
import { ProblemError } from '@ostor-console/shared/problem'
import type { Gateway } from '../../adapters/gateway/gateway.ts'
import type { CollectorFacts } from '../../adapters/store/collector-facts.ts'
import type { CollectorTrouble, Trouble } from '../../adapters/store/collector-trouble.ts'
import type { RollUps } from '../../adapters/store/roll-ups.ts'
import type { DueObject, StatisticsStore } from '../../adapters/store/statistics.ts'
import type { Change } from '../../adapters/store/statistics-changes.ts'
import type { UsageStore } from '../../adapters/store/usage.ts'
import { CLOSING, type ClosingRule } from './closing.ts'
import { createListing } from './listing.ts'
import { listedObjects } from './object-name.ts'
import { createPace } from './pace.ts'
import { readObject, unreadable } from './reading.ts'
import { createRounds } from './rounds.ts'

type Parts = {
  cluster: Pick<Cluster, 'id'>
  gateway: Pick<Gateway, 'listStatistics' | 'readStatistics'>
  statistics: StatisticsStore
  rollUps: RollUps
  usage: Pick<UsageStore, 'standing'>
  facts: (cluster: string) => Promise<CollectorFacts>
  trouble: CollectorTrouble
  /** A list of the gateway that is older makes figures stale. */
  staleAfterMs: number
  log: Record<'info' | 'warn', (details: object, message: string) => void>
  now?: () => Date
  /** Whether it is this process that collects; without it, always. */
  isOurs?: () => boolean
  /** Gateway clock minus our clock, where it is known. */
  clockSkewSeconds?: () => number | null
  rule?: Partial<ClosingRule>
}

export type Collector = ReturnType<typeof createCollector>
type Last = Awaited<ReturnType<StatisticsStore['listedAt']>>
type Listed = { at: Date; span: { until: Date; listedUntil: Date } }

const WHOLE_LIST_MS = 3_600_000
const LIST_MS = 60_000
const AT_ONCE = 4
const IN_ONE_PASS = 2_000
const OBJECTS_IN_ONE_TRANSACTION = 96
const ROWS_IN_ONE_TRANSACTION = 20_000
const DAY_MS = 86_400_000

// More than are asked for at a time.
const REFUSED_IN_A_ROW = 8

const NEVER = new Date(0)

/** Whoever says when to ask again has not looked at the object. */
const isRefusal = (error: unknown): error is ProblemError =>
  error instanceof ProblemError &&
  error.is('gateway-refused', 'gateway-unreachable') &&
  error.problem.retryAfterSeconds === undefined

const endOfDay = (at: Date): Date => new Date((Math.floor(at.getTime() / DAY_MS) + 1) * DAY_MS)

/** Brings the statistics objects of one cluster into the store, newest first. It never deletes at the gateway. */
export const createCollector = (parts: Parts) => {
  const {
    cluster,
    gateway,
    statistics,
    rollUps,
    usage,
    facts,
    trouble: others,
    log,
    staleAfterMs,
    now = () => new Date(),
    clockSkewSeconds,
    isOurs = () => true,
  } = parts
  const rule = { ...CLOSING, ...parts.rule }
  const listing = createListing(gateway)
  const pace = createPace(now)
  const gatewayNow = () => new Date(now().getTime() + (clockSkewSeconds?.() ?? 0) * 1000)
  let isStopping = false
  const goesOn = () => !isStopping && isOurs()
  let listTrouble: ProblemError | null = null

  const namesAt = async (at: Date, last: Last) => {
    const cursors = await statistics.cursors(cluster.id, gatewayNow())
    // A list from the future was made before a clock was set back.
    const sinceWholeMs = last && Math.abs(at.getTime() - last.full.getTime())
    const isWholeDue = sinceWholeMs === null || listTrouble !== null || sinceWholeMs >= WHOLE_LIST_MS
    const news = isWholeDue || cursors.size === 0 ? null : await listing.news(cursors)
    if (news && !news.hasStranger) return { names: news.names, isWhole: false }
    const { names, trouble } = await listing.all()
    listTrouble = trouble
    return { names, isWhole: trouble === null }
  }

  const list = async (): Promise<Listed> => {
    const at = now()
    const until = new Date(gatewayNow().getTime() - rule.flushMarginMs)
    const last = await statistics.listedAt(cluster.id)
    const { names, isWhole } = await namesAt(at, last)
    const objects = listedObjects(names, gatewayNow())
    const coversUntil = listTrouble === null ? until : null
    await statistics.recordListing(cluster.id, { objects, at, coversUntil, isWhole })
    return { at, span: { until, listedUntil: coversUntil ?? last?.coversUntil ?? NEVER } }
  }

  const read = (object: DueObject) => readObject(gateway, object, { now: now(), gatewayNow: gatewayNow() }, rule)

  const save = async (changes: Change[]): Promise<void> => {
    if (changes.length === 0) return
    await statistics.save(cluster.id, changes)
    pace.add(changes.filter(({ kind }) => kind === 'stored').length)
  }

  const givesAnother = async (): Promise<boolean> => {
    const name = await statistics.onceRead(cluster.id)
    if (name === null) return false
    const given = await gateway.readStatistics(name).catch(() => null)
    return given !== null
  }

  /**
   * Reads a few at a time, until all are read or there are enough rows for one transaction. What the gateway refuses of
   * single objects puts those off, so that no other waits for them; where it gives none of several, or many in a row fail,
   * and not even one that it gave before, it is the gateway that fails.
   */
  const readSome = async (due: DueObject[]): Promise<{ changes: Change[]; failure: unknown }> => {
    const changes: Change[] = []
    const refused: Change[] = []
    const waiting = due.values()
    let rows = 0
    let inARow = 0
    let refusal: unknown = null
    let failure: unknown = null
    const readOne = async (object: DueObject): Promise<void> => {
      try {
        const change = await read(object)
        changes.push(change)
        inARow = 0
        if (change.kind === 'stored') rows += change.content?.rows.length ?? 0
      } catch (error) {
        inARow += 1
        if (!isRefusal(error) || (inARow % REFUSED_IN_A_ROW === 0 && !(await givesAnother()))) throw error
        log.warn({ cluster: cluster.id, object: object.name, err: error }, 'a statistics object could not be read')
        refusal = error
        refused.push(unreadable(object, now(), error))
      }
    }
    const reader = async () => {
      for (const object of waiting) {
        await readOne(object)
        if (!goesOn() || failure !== null || rows > ROWS_IN_ONE_TRANSACTION) return
      }
    }
    const readers = Array.from({ length: AT_ONCE }, () =>
      reader().catch((error: unknown) => {
        failure ??= error
      }),
    )
    await Promise.all(readers)
    if (changes.length === 0 && refused.length > 1 && failure === null && !(await givesAnother())) failure = refusal
    return { changes: failure === null ? [...changes, ...refused] : changes, failure }
  }

  /** Reads what is due, newest first, and stores each lot while the next one is read. Answers the oldest of it. */
  const pass = async (until: Date): Promise<DueObject | undefined> => {
    const due = await statistics.due(cluster.id, until, IN_ONE_PASS)
    let storing = Promise.resolve()
    for (let from = 0; from < due.length && goesOn(); ) {
      const { changes, failure } = await readSome(due.slice(from, from + OBJECTS_IN_ONE_TRANSACTION))
      await storing
      // What was read before the failure is good.
      storing = save(changes)
      storing.catch(() => {})
      from += changes.length
      if (failure === null) continue
      await storing
      throw failure
    }
    await storing
    return due.at(-1)
  }

  const work = async (): Promise<void> => {
    let listed = await list()
    let summing = Promise.resolve()
    try {
      while (goesOn()) {
        const last = await pass(listed.at)
        await summing
        if (!last || !goesOn()) break
        // Whole days are summed up while the days before them are read.
        const from = endOfDay(last.startedAt)
        summing = rollUps.refreshBeside(cluster.id, { ...listed.span, from, goesOn })
        summing.catch(() => {})
        if (now().getTime() - listed.at.getTime() >= LIST_MS) listed = await list()
      }
      await summing
    } catch (error) {
      await summing.catch(() => {})
      throw error
    }
    if (goesOn()) await rollUps.refresh(cluster.id, { ...listed.span, goesOn })
    if (listTrouble) throw listTrouble
  }

  const staleSinceOf = (collectedAt: string | null): string | null =>
    collectedAt !== null && now().getTime() - Date.parse(collectedAt) > staleAfterMs ? collectedAt : null

  const rounds = createRounds({ work, log, now, cluster: cluster.id, isOurs, trouble: others })
  let elsewhere: Trouble | null = null
  let known: Omit<Status, 'state' | 'detail' | 'since' | 'staleSince' | 'objectsPerSecond'> | null = null

  return {
    start: (): void => {
      isStopping = false
      rounds.start()
    },
    /** Resolves when what was being read is stored or given up. */
    stop: (): Promise<void> => {
      isStopping = true
      return rounds.stop()
    },
    /** Lists what is new and reads all that is due. */
    round: rounds.round,

    /** Reads one object now, whatever its state is, and stores what it finds. `null` for a name that was never listed. */
    async readNow(name: string): Promise<Change | null> {
      const object = await statistics.find(cluster.id, name)
      if (!object) return null
      const change = await read(object)
      await save([change])
      return change
    },

    /** What reading one object would come to if it had begun at that time; nothing is stored. */
    async readAs(name: string, startedAt: Date | null): Promise<Change | null> {
      const object = await statistics.find(cluster.id, name)
      return object && read({ ...object, assignedAt: startedAt })
    },

    /** When the store does not answer, how things stood when it last did. */
    async status(): Promise<Status> {
      let failure: unknown = null
      try {
        known = { ...(await usage.standing(cluster.id)), ...(await facts(cluster.id)) }
        elsewhere = isOurs() ? null : await others.told()
      } catch (error) {
        if (known === null) throw error
        failure = error
      }
      return {
        ...known,
        ...rounds.judge(known, elsewhere, failure),
        objectsPerSecond: pace.perSecond(),
        staleSince: staleSinceOf(known.collectedAt),
      }
    },
  }
}

import {
  type Dialect,
  type Fact,
  type GatewayVersion,
  TOPICS,
  type Topic,
  type Way,
} from '@ostor-console/shared/dialect'
import { said } from '@ostor-console/shared/said'
import { setByVersion, versionSpan } from './versions.ts'

/** `from` says in one sentence which answer showed it. */
export type Learned = { way: string; at: Date; from: string }

export type Fixed = {
  version?: GatewayVersion | undefined
  ways?: { [T in Topic]?: Way<T> | undefined }
}

export type DialectParts = {
  fixed?: Fixed
  /** What was learned before this process began. */
  known?: Iterable<readonly [Topic, Learned]>
  now?: () => Date
  /** Keeps it; `null` when it was forgotten. */
  onLearned?: (topic: Topic, learned: Learned | null) => Promise<void>
}

/** A gateway may be renewed: what it could not do is tried again after a day. */
const DOUBT_MS = 86_400_000

export type Spoken = ReturnType<typeof createDialect>

/** How one gateway speaks: what is set by hand, else what its answers taught. */
export const createDialect = ({
  fixed = {},
  known = [],
  now = () => new Date(),
  onLearned = async () => {},
}: DialectParts = {}) => {
  const learned = new Map(known)
  const suspected = new Set<Topic>()
  const byVersion = fixed.version === undefined ? {} : setByVersion(fixed.version)
  let keeping: Promise<unknown> = Promise.resolve()
  const keep = (topic: Topic, found: Learned | null): void => {
    keeping = Promise.allSettled([keeping, onLearned(topic, found)])
  }
  const setWay = (topic: Topic): string | undefined => fixed.ways?.[topic] ?? byVersion[topic]

  const factOf = (topic: Topic): Fact => {
    const set = setWay(topic)
    if (set !== undefined) {
      const from =
        fixed.ways?.[topic] === undefined ? said`The version is set to ${fixed.version ?? ''}` : said`It is set by hand`
      return { topic, way: set, source: 'set', learnedAt: null, from }
    }
    const found = learned.get(topic)
    if (!found) return { topic, way: null, source: null, learnedAt: null, from: null }
    return { topic, way: found.way, source: 'learned', learnedAt: found.at.toISOString(), from: found.from }
  }

  /** Cheap when it is known already; `from` is kept with it. */
  const learn = <T extends Topic>(topic: T, way: Way<T>, from: string): void => {
    suspected.delete(topic)
    const before = learned.get(topic)
    const isFresh = before && (way !== 'no' || now().getTime() - before.at.getTime() <= DOUBT_MS)
    if (before?.way === way && isFresh) return
    const found = { way, at: now(), from }
    learned.set(topic, found)
    keep(topic, found)
  }

  return {
    is: <T extends Topic>(topic: T, way: Way<T>): boolean => (setWay(topic) ?? learned.get(topic)?.way) === way,

    /** Whether to try what the gateway may not have. */
    mayHave(topic: 'accounts' | 'userSizes' | 'oneBucket' | 'replication'): boolean {
      const set = setWay(topic)
      if (set !== undefined) return set === 'yes'
      const found = learned.get(topic)
      return found?.way !== 'no' || now().getTime() - found.at.getTime() > DOUBT_MS
    },

    /** From what it is known. */
    reason: (topic: Topic): string | null => factOf(topic).from,

    learn,

    /** Learns that the gateway has it not, once two such answers came without another in between: one may be a mistake. */
    suspectMissing(topic: 'userSizes' | 'oneBucket' | 'replication', from: string): void {
      if (suspected.has(topic)) learn(topic, 'no', from)
      else suspected.add(topic)
    },

    /** It turned out to be otherwise, and not how. */
    forget(topic: Topic): void {
      if (learned.delete(topic)) keep(topic, null)
    },

    /** Resolves when all that was learned is kept, or cannot be. */
    settled: async (): Promise<void> => {
      await keeping
    },

    facts: (): Dialect => ({
      version: { set: fixed.version ?? null, ...versionSpan((topic) => learned.get(topic)?.way) },
      facts: TOPICS.map(factOf),
    }),
  }
}

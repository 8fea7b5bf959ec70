import {
  type HighestMean,
  type LimitTrial,
  TRIAL_FIELDS,
  type TrialField,
  type TrialFinding,
  type TrialWindow,
} from '@ostor-console/shared/limit-trial'
import type { UsageStore } from '../../adapters/store/usage.ts'
import type { PeriodCounts } from '../../adapters/store/usage-periods.ts'
import type { Subject } from '../../adapters/store/usage-pieces.ts'
import type { RangeStanding } from '../../adapters/store/usage-standing.ts'
import { type Clock, periodsIn, type Range, sourceOf } from './coverage.ts'

type Limits = { [Field in TrialField]?: number | undefined }
type Query = { cluster: string; subject: Subject; limits: Limits }

/** Operations, or bytes, of one period. */
export type Period = { startedAt: Date; seconds: number; amount: bigint }

const WINDOWS = [7, 28]
const DAY_MS = 86_400_000

/** Whether the gateway's "kb" is bits or bytes, by the thousand or by 1024, is not documented: from the smallest to the largest. */
const BYTES_OF_KB = { least: 125n, most: 1024n }

/** What each limit slows down. Deletions and all other operations are one number in the statistics. */
const COUNTER = {
  get: 'getOps',
  put: 'putOps',
  list: 'listOps',
  out: 'downloadedBytes',
  default: null,
  delete: null,
} as const satisfies Record<TrialField, keyof PeriodCounts | null>

/** The proposed limits against what the stored statistics count, for the last week and the last four. */
export const limitTrialOf = async (usage: UsageStore, query: Query, clock: Clock): Promise<LimitTrial> => {
  const windows: TrialWindow[] = []
  for (const days of WINDOWS) windows.push(await windowOf(usage, query, days, clock))
  return { to: clock.now.toISOString(), windows }
}

const windowOf = ({ reading }: UsageStore, { cluster, subject, limits }: Query, days: number, clock: Clock) => {
  const range = { from: new Date(clock.now.getTime() - days * DAY_MS), to: clock.now }
  return reading(cluster, range, async ({ standing, periods }): Promise<TrialWindow> => {
    const counted = await periods(subject)
    const source = sourceOf(standing, range, clock)
    const present = standing.services.filter(({ listed }) => listed > 0)
    return {
      days,
      periodsKnown: source.objectsClosed + silentPeriods(standing, range),
      periodsUnknown: source.objectsListed - source.objectsClosed + source.periodsMissing,
      periodSeconds: present.reduce<number | null>(
        (longest, { nominalSeconds }) => Math.max(longest ?? 0, nominalSeconds ?? 0) || null,
        null,
      ),
      gateways: present.length,
      limits: TRIAL_FIELDS.flatMap((field) => {
        const limit = limits[field]
        return limit === undefined ? [] : [{ field, limit, finding: findingOf(field, limit, counted) }]
      }),
      source,
    }
  })
}

/** Of which an admin has said that nothing is missing. */
const silentPeriods = ({ gaps }: RangeStanding, range: Range): number =>
  gaps.reduce((sum, gap) => sum + (gap.kind === 'missing' && gap.accepted ? periodsIn(range, gap) : 0), 0)

const findingOf = (field: TrialField, limit: number, counted: readonly PeriodCounts[]): TrialFinding | null => {
  const counter = COUNTER[field]
  if (counter === null) return null
  const periods = counted.map((one) => ({ startedAt: one.startedAt, seconds: one.seconds, amount: one[counter] }))
  const perSecond = BigInt(limit)
  const proven = boundOf(periods, field === 'out' ? perSecond * BYTES_OF_KB.most : perSecond)
  return {
    periodsOver: proven.periodsOver,
    periodsOverInBits: field === 'out' ? boundOf(periods, perSecond * BYTES_OF_KB.least).periodsOver : null,
    beyond: String(proven.beyond),
    highest: highestOf(periods),
  }
}

/**
 * The lower bound: of N in T seconds, a limit of L per second lets at most L·T through, beside what it tolerates as a
 * burst. Each period is of one gateway, so it holds whether the gateways count together or each on its own.
 */
export const boundOf = (periods: readonly Period[], perSecond: bigint): { periodsOver: number; beyond: bigint } => {
  const over = periods
    .map(({ amount, seconds }) => amount - perSecond * BigInt(seconds))
    .filter((beyond) => beyond > 0n)
  return { periodsOver: over.length, beyond: over.reduce((sum, beyond) => sum + beyond, 0n) }
}

const highestOf = (periods: readonly Period[]): HighestMean | null => {
  const [first, ...others] = periods.filter(({ amount }) => amount > 0n)
  if (!first) return null
  const { startedAt, seconds, amount } = others.reduce(
    (most, one) => (one.amount * BigInt(most.seconds) > most.amount * BigInt(one.seconds) ? one : most),
    first,
  )
  return { at: startedAt.toISOString(), seconds, amount: String(amount) }
}

import { randomUUID } from 'node:crypto'
import type { ClusterCoverage } from '@ostor-console/shared/billing'
import type { PlanDraft } from '@ostor-console/shared/plans'
import type { Billed } from '../../adapters/store/billing-billed.ts'
import type { CountedCluster, MonthRange, TrafficCoverage } from '../../adapters/store/billing-counting.ts'
import type { LineRow, MonthStore } from '../../adapters/store/billing-months.ts'
import type { RangeStanding } from '../../adapters/store/usage-standing.ts'
import { hoursOf, monthAfter } from './month.ts'
import { linesOf } from './priced.ts'

/** How much of a range of traffic is known, and what of it is missing. */
type TrafficSource = (
  standing: RangeStanding,
  range: { from: Date; to: Date },
) => Pick<ClusterCoverage, 'periodsExpected' | 'periodsMissing' | 'completeUntil'> & {
  coverage: ClusterCoverage['traffic']
}

export type CountParts = {
  months: MonthStore
  clusters: readonly string[]
  sourceOf: TrafficSource
  /** What bills are called, by their ids. */
  namesOf: (billed: readonly Billed[]) => Promise<ReadonlyMap<string, string>>
  now: () => Date
}

/**
 * Counts a month: the counters of each user in one transaction, then the lines from them, some hundred bills in memory at
 * a time. Nothing of it is seen before all is there, and a count that is cut off is nobody's.
 */
export const countMonth = async (parts: CountParts, of: MonthRange & { timeZone: string }): Promise<void> => {
  const { months, clusters, sourceOf, now } = parts
  const countedAt = now()
  await months.forgetStray(countedAt)
  const countId = `${countedAt.toISOString()} ${randomUUID()}`
  await months.begin(countId)
  const coverage: TrafficCoverage = (standing, range) => sourceOf(standing, range).coverage
  const counted = await months.count(countId, of, clusters, coverage)
  const plans = await months.plans(countId)
  const { closed, former } = await closedBeside(months, of.month)
  // Corrections of all closed months stand in one month only: the one after the newest of them.
  const isNext = monthAfter(closed.at(-1)?.month ?? of.month) === of.month
  const all = [{ about: of, own: plans }]
  let lineNo = 0n
  for (const about of isNext ? closed : []) {
    await months.count(countId, about, clusters, coverage)
    // A closed month keeps its prices; a plan that it did not have counts as it is now, or was last when it is gone.
    all.push({ about, own: new Map([...former, ...plans, ...(await months.plans(about.countId))]) })
  }
  for (const { about, own } of all) {
    const where = { countId, month: of.month, ofMonth: about.month, hours: hoursOf(about) }
    for await (const page of months.billed(countId, about.month, { isClosed: about.month !== of.month })) {
      const names = await parts.namesOf(page)
      const lines: LineRow[] = page.flatMap((billed) => {
        const plan = own.get(billed.planId ?? '') ?? null
        const drafts = linesOf(billed, { ...where, plan, name: names.get(billed.bill) ?? billed.userId })
        return drafts.map((line) => ({ ...line, line_no: (lineNo += 1n) }))
      })
      await months.addLines(lines)
    }
  }
  await months.settle({ ...of, countId, countedAt, clusters: counted.map((each) => coverageOf(each, of, sourceOf)) })
}

/** The months that are closed but this one, in order, and all plans that priced one, as they were last. */
export const closedBeside = async (months: Pick<MonthStore, 'list' | 'plans'>, month: string) => {
  const closed = (await months.list()).filter((each) => each.closedAt !== null && each.month !== month)
  const former = new Map<string, PlanDraft>()
  for (const { countId } of closed) for (const [id, plan] of await months.plans(countId)) former.set(id, plan)
  return { closed, former }
}

const coverageOf = (
  { cluster, storage, standing, traffic }: CountedCluster,
  of: MonthRange,
  sourceOf: TrafficSource,
): ClusterCoverage => {
  const { periodsExpected, periodsMissing, completeUntil } = sourceOf(standing, of)
  return {
    cluster,
    storage: storage.coverage,
    traffic,
    storageFrom: storage.from?.toISOString() ?? null,
    storageTo: storage.to?.toISOString() ?? null,
    periodsExpected,
    periodsMissing,
    completeUntil,
  }
}

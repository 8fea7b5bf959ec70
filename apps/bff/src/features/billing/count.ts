import { randomUUID } from 'node:crypto'
import type { ClusterCoverage } from '@ostor-console/shared/billing'
import type { Billed } from '../../adapters/store/billing-billed.ts'
import type { CountedCluster, MonthRange } from '../../adapters/store/billing-counting.ts'
import type { LineRow, MonthStore } from '../../adapters/store/billing-months.ts'
import type { RangeStanding } from '../../adapters/store/usage-standing.ts'
import { hoursOf } from './month.ts'
import { linesOf } from './priced.ts'

/** How much of a range of traffic is known, and what of it is missing. */
export type TrafficSource = (
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
  const counted = await months.count(countId, of, clusters, (standing, range) => sourceOf(standing, range).coverage)
  const closed = (await months.list()).filter(({ month, closedAt }) => closedAt !== null && month !== of.month)
  const plans = await months.plans(countId)
  let lineNo = 0n
  // A closed month keeps its prices; a plan that it did not have counts as it is now.
  const all = [{ about: of, own: plans }]
  for (const about of closed) all.push({ about, own: new Map([...plans, ...(await months.plans(about.countId))]) })
  for (const { about, own } of all) {
    const where = { countId, month: of.month, ofMonth: about.month, hours: hoursOf(about) }
    for await (const page of months.billed(countId, about.month)) {
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

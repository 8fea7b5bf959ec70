import { moneyText, quantityText } from '@ostor-console/shared/money'
import type { PlanDraft } from '@ostor-console/shared/plans'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { BillingFiles, FileRow } from '../../adapters/store/billing-files.ts'
import type { LineRecord, LineStore } from '../../adapters/store/billing-lines.ts'
import type { MonthRecord, MonthStore } from '../../adapters/store/billing-months.ts'
import { type CountParts, closedBeside, countMonth } from './count.ts'
import { calendarOf, coverageOf, notYetOf, type Placed, placeOf } from './months.ts'
import { unitName } from './priced.ts'

export type CloseParts = {
  months: MonthStore
  lines: LineStore
  files: BillingFiles
  count: CountParts
  /** Of a cluster, by its id. */
  nameOfCluster: (id: string) => string
  now: () => Date
}

/**
 * Counts a month once more, keeps its files, and closes it. Until the last step nothing is closed, so it can be asked for
 * again. Throws `month-closed`, `month-not-ready`, and `month-incomplete` unless that is accepted.
 */
export const closeMonth = async (
  parts: CloseParts,
  month: string,
  { by, acceptIncomplete }: { by: string; acceptIncomplete: boolean },
): Promise<MonthRecord> => {
  const { months, lines, files, now } = parts
  const before = placeOf(await calendarOf(months, now()), month)
  if (before.state === 'closed') throw problem('month-closed')
  refuse(notYetOf(await calendarOf(months, now()), before, 0n))
  await countMonth(parts.count, before)

  const calendar = await calendarOf(months, now())
  const placed = placeOf(calendar, month)
  const { record } = placed
  if (record === null) throw problem('changed-meanwhile')
  refuse(notYetOf(calendar, placed, (await lines.totals(record.countId)).withoutPlan))
  const isWhole = coverageOf(placed) === 'complete'
  if (!isWhole && !acceptIncomplete)
    throw problem('month-incomplete', { detail: missingIn(placed, parts.nameOfCluster) })

  const closedAt = now()
  const about = {
    month,
    from: record.from.toISOString(),
    to: record.to.toISOString(),
    timeZone: record.timeZone,
    closedAt: closedAt.toISOString(),
    closedBy: by,
    acceptedIncomplete: !isWhole,
    coverage: record.clusters,
    sums: await lines.groups(record.countId),
  }
  await files.make(fileRows(parts, record), about, (hashes, made) =>
    months.close(record, { by, acceptedIncomplete: !isWhole, ...hashes }, closedAt, made),
  )
  return record
}

const refuse = (notYet: string | null): void => {
  if (notYet !== null) throw problem('month-not-ready', { detail: notYet })
}

/** In words, of each cluster. */
const missingIn = ({ record }: Pick<Placed, 'record'>, nameOf: CloseParts['nameOfCluster']): string =>
  (record?.clusters ?? [])
    .flatMap(({ cluster: id, storage, traffic, periodsMissing, storageFrom, storageTo }) => {
      const cluster = nameOf(id)
      return [
        storage === 'complete'
          ? []
          : storageFrom && storageTo
            ? said`Storage of ${cluster} is known from ${storageFrom} to ${storageTo} only.`
            : said`Storage of ${cluster} is not known at all.`,
        traffic === 'complete'
          ? []
          : traffic === 'unknown'
            ? said`Nothing is known of the traffic of ${cluster}.`
            : periodsMissing === 1
              ? said`1 period of the traffic of ${cluster} is missing, or not all objects are final.`
              : said`${periodsMissing} periods of the traffic of ${cluster} are missing, or not all objects are final.`,
      ].flat()
    })
    .join(' ')

/** The lines of a count as the files have them. */
export async function* fileRows(
  { months, lines }: Pick<CloseParts, 'months' | 'lines'>,
  record: MonthRecord,
): AsyncGenerator<FileRow[]> {
  const plans = await plansFor(months, record)
  for await (const page of lines.all(record.countId))
    yield page.map((row) => fileRow(row, plans(row.of_month, row.plan_id)))
}

/** The plan that a line was priced by: of an earlier month that which it had then. */
export const plansFor = async (months: Pick<MonthStore, 'list' | 'plans'>, { month, countId }: MonthRecord) => {
  const own = await months.plans(countId)
  const { closed, former } = await closedBeside(months, month)
  const earlier = new Map<string, Map<string, PlanDraft>>()
  for (const each of closed) earlier.set(each.month, await months.plans(each.countId))
  return (ofMonth: string, planId: string | null): PlanDraft | null =>
    planId === null ? null : (earlier.get(ofMonth)?.get(planId) ?? own.get(planId) ?? former.get(planId) ?? null)
}

const fileRow = (row: LineRecord, plan: PlanDraft | null): FileRow => {
  const { quantity: count, per, amount, currency } = row
  return {
    line: String(row.line_no),
    kind: row.kind,
    month: row.of_month,
    bill: row.bill,
    client_id: row.client_id === null ? null : String(row.client_id),
    cluster: row.cluster_id,
    user_id: row.user_id,
    name: row.name,
    metric: row.metric,
    coverage: row.coverage,
    count: count === null ? null : String(count),
    per: per === null ? null : String(per),
    unit: plan && unitName(row.metric, plan.unit),
    quantity: count === null || per === null ? null : quantityText({ count, per }, 6),
    plan: plan?.name ?? null,
    currency,
    amount: amount === null || currency === null ? null : moneyText(amount, currency),
    amount_micro: amount === null ? null : String(amount),
  }
}

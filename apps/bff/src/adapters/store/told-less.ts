import { said } from '@ostor-console/shared/said'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'
import type { Change, StoredChange, UsageRow, WithContent } from './statistics-changes.ts'

/** How an object stands in the store before a change. */
export type Standing = {
  name: string
  state: string
  startedAt: Date
  isCounted: boolean
  readAt: Date | null
  dueAt: Date | null
}

type Counter = Exclude<keyof UsageRow, 'bucket' | 'epoch' | 'userId' | 'tag'>
type Sums = { objectNo: bigint; items: bigint } & Record<Counter, bigint>

const COUNTERS: Counter[] = ['putOps', 'getOps', 'listOps', 'otherOps', 'uploadedBytes', 'downloadedBytes']
const READ_AGAIN_MS = 3_600_000

/**
 * Counters of one period only grow, so a reading that tells less than is stored of the object is a fault. It goes to the
 * quarantine, and what is stored stays.
 */
export const lessToQuarantine = async (
  tx: Transaction<Schema>,
  cluster: string,
  changes: Change[],
  before: ReadonlyMap<string, Standing>,
): Promise<Change[]> => {
  const replacing = changes.filter(
    (change): change is WithContent =>
      change.kind === 'stored' && change.content !== undefined && replaces(change, before.get(change.name)),
  )
  const sums = await sumsOf(tx, cluster, replacing)
  const less = new Set(
    replacing.flatMap(({ name, objectNo, content }) => (isLess(content.rows, sums.get(objectNo)) ? [name] : [])),
  )
  return changes.map((change) => (less.has(change.name) ? quarantined(change) : change))
}

/** Whether its rows would take the place of others at the same start. One that was read earlier is not stored anyway. */
const replaces = ({ at, startedAt }: StoredChange, was: Standing | undefined): boolean =>
  was?.isCounted === true &&
  was.startedAt.getTime() === startedAt.getTime() &&
  [was.readAt, was.dueAt].some((earlier) => earlier !== null && earlier <= at)

const quarantined = ({ name, at }: Change): Change => ({
  kind: 'quarantined',
  name,
  at,
  reason: said`It tells less than it told before. What was stored of it still counts.`,
  dueAt: new Date(at.getTime() + READ_AGAIN_MS),
  tries: 0,
})

const isLess = (rows: readonly UsageRow[], stored: Sums | undefined): boolean =>
  stored !== undefined &&
  (BigInt(rows.length) < stored.items ||
    COUNTERS.some((counter) => rows.reduce((sum, row) => sum + row[counter], 0n) < stored[counter]))

const sumsOf = async (
  tx: Transaction<Schema>,
  cluster: string,
  changes: StoredChange[],
): Promise<ReadonlyMap<bigint, Sums>> => {
  if (changes.length === 0) return new Map()
  const starts = changes.map(({ startedAt }) => startedAt.getTime())
  // Their rows stand at their starts; by these a long history is passed over.
  const { rows } = await sql<Sums>`
    select object_no as "objectNo", count(*) as items, sum(put_ops) as "putOps", sum(get_ops) as "getOps",
      sum(list_ops) as "listOps", sum(other_ops) as "otherOps", sum(uploaded_bytes) as "uploadedBytes",
      sum(downloaded_bytes) as "downloadedBytes"
    from usage_rows where cluster_id = ${cluster}
      and object_no = any(${changes.map(({ objectNo }) => objectNo)}::bigint[])
      and started_at between ${new Date(Math.min(...starts))} and ${new Date(Math.max(...starts))}
    group by object_no`.execute(tx)
  return new Map(rows.map((row) => [row.objectNo, row]))
}

import { type RawBuilder, sql, type Transaction } from 'kysely'
import { appendRows } from './append-rows.ts'
import type { Schema } from './schema.ts'

export type UsageRow = {
  bucket: string
  epoch: bigint
  userId: string
  tag: string
  putOps: bigint
  getOps: bigint
  listOps: bigint
  otherOps: bigint
  uploadedBytes: bigint
  downloadedBytes: bigint
}

/** What a read of an object came to. `at` is when; `dueAt` is when to read it again, `null` for never. */
export type Change = { name: string; at: Date } & (
  | {
      kind: 'stored'
      objectNo: bigint
      startedAt: Date
      periodSeconds: number
      formatVersion: number | null
      sha256: string
      unchangedSince: Date
      isClosed: boolean
      dueAt: Date | null
      /** Left out when the bytes are those that are stored already. */
      content?: { body: Uint8Array; rows: UsageRow[] }
    }
  | { kind: 'quarantined'; reason: string; dueAt: Date | null; tries: number }
  | { kind: 'retry'; dueAt: Date; tries: number }
  | { kind: 'gone' }
)

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>

/** A list as a column of its own, so that one statement takes any number of rows on both engines. */
const column = (values: readonly unknown[], type: string): RawBuilder<unknown> =>
  sql`unnest(${values}::${sql.raw(type)}[])`

// PostgreSQL has no NUL in text; the exact bytes stay in the body.
const text = (value: string): string => value.toWellFormed().replaceAll('\0', '\uFFFD')

export type StoredChange = Of<'stored'>
export type WithContent = StoredChange & { content: NonNullable<StoredChange['content']> }

/** `counted` are those that have rows in the store. Answers the names of those that it took. */
export const storedOf = async (
  tx: Transaction<Schema>,
  cluster: string,
  changes: StoredChange[],
  counted: ReadonlySet<string>,
): Promise<Set<string>> => {
  const withContent = changes.filter((change): change is WithContent => change.content !== undefined)
  const taken = await updateObjects(tx, cluster, withContent, contentColumns(withContent))
  const takenAsTheyWere = await updateObjects(
    tx,
    cluster,
    changes.filter(({ content }) => content === undefined),
    null,
  )
  await replaceRows(
    tx,
    cluster,
    withContent.filter(({ name }) => taken.has(name)),
    counted,
  )
  return new Set([...taken, ...takenAsTheyWere])
}

const contentColumns = (changes: WithContent[]) => ({
  set: sql`, body = v.body, item_count = v.item_count`,
  values: sql`, ${column(
    changes.map(({ content }) => content.body),
    'bytea',
  )} as body, ${column(
    changes.map(({ content }) => content.rows.length),
    'integer',
  )} as item_count`,
})

/** Answers the names of those that it took. */
const updateObjects = async (
  tx: Transaction<Schema>,
  cluster: string,
  changes: StoredChange[],
  content: ReturnType<typeof contentColumns> | null,
): Promise<Set<string>> => {
  if (changes.length === 0) return new Set()
  const of = (value: (change: StoredChange) => unknown, type: string) => column(changes.map(value), type)
  // What was found as it was stored may have been taken out meanwhile.
  const asItIs = content === null ? sql`and o.sha256 = v.sha256 and o.item_count is not null` : sql``
  // Two collectors may read one object; what the later of them read stands, whoever is the last to store it. What was
  // due is always taken, since after a clock was set back the last reading lies in the future. What was left out by an
  // admin while it was read stays so.
  const { rows } = await sql<{ name: string }>`
    update statistics_objects as o set state = case when v.is_closed then 'closed' else 'open' end,
      started_at = v.started_at, period_s = v.period_s, format_version = v.format_version, sha256 = v.sha256,
      read_at = v.at, unchanged_since = v.unchanged_since, due_at = v.due_at, tries = 0, gone_at = null,
      reason = case when o.name in (select d.name from statistics_decisions as d where d.cluster_id = ${cluster})
        then o.reason end,
      closed_at = case when v.is_closed then v.at end ${content?.set ?? sql``}
    from (select ${of(({ name }) => name, 'text')} as name, ${of(({ at }) => at, 'timestamptz')} as at,
      ${of(({ isClosed }) => isClosed, 'boolean')} as is_closed,
      ${of(({ startedAt }) => startedAt, 'timestamptz')} as started_at,
      ${of(({ periodSeconds }) => periodSeconds, 'integer')} as period_s,
      ${of(({ formatVersion }) => formatVersion, 'integer')} as format_version,
      ${of(({ sha256 }) => sha256, 'text')} as sha256,
      ${of(({ unchangedSince }) => unchangedSince, 'timestamptz')} as unchanged_since,
      ${of(({ dueAt }) => dueAt, 'timestamptz')} as due_at ${content?.values ?? sql``}) as v
    where o.cluster_id = ${cluster} and o.name = v.name ${asItIs}
      and (o.read_at is null or o.read_at <= v.at or o.due_at <= v.at)
      and o.name not in (select d.name from statistics_decisions as d
        where d.cluster_id = ${cluster} and d.decision = 'exclude')
    returning o.name`.execute(tx)
  return new Set(rows.map(({ name }) => name))
}

const replaceRows = async (
  tx: Transaction<Schema>,
  cluster: string,
  changes: WithContent[],
  counted: ReadonlySet<string>,
): Promise<void> => {
  const former = changes.flatMap(({ name, objectNo }) => (counted.has(name) ? [objectNo] : []))
  if (former.length > 0)
    await sql`delete from usage_rows where cluster_id = ${cluster} and object_no = any(${former}::bigint[])`.execute(tx)
  await appendRows(
    tx,
    'usage_rows',
    changes.flatMap(({ content, objectNo, startedAt }) =>
      content.rows.map((row) => ({
        cluster_id: cluster,
        user_id: text(row.userId),
        bucket: text(row.bucket),
        epoch: row.epoch,
        tag: text(row.tag),
        object_no: objectNo,
        started_at: startedAt,
        put_ops: row.putOps,
        get_ops: row.getOps,
        list_ops: row.listOps,
        other_ops: row.otherOps,
        uploaded_bytes: row.uploadedBytes,
        downloaded_bytes: row.downloadedBytes,
      })),
    ),
  )
}

/**
 * What was stored of it before stays: its rows were true when they were read. So does what an admin left out, or found gone,
 * meanwhile.
 */
export const quarantinedOf = async (
  tx: Transaction<Schema>,
  cluster: string,
  changes: Of<'quarantined'>[],
): Promise<void> => {
  for (const { name, at, reason, dueAt, tries } of changes) {
    await tx
      .updateTable('statistics_objects')
      .set({ state: 'quarantined', reason, read_at: at, due_at: dueAt, tries })
      .where('cluster_id', '=', cluster)
      .where('name', '=', name)
      .where('state', 'not in', ['excluded', 'gone'])
      .execute()
  }
}

export const retriedOf = async (tx: Transaction<Schema>, cluster: string, changes: Of<'retry'>[]): Promise<void> => {
  for (const { name, dueAt, tries } of changes) {
    await tx
      .updateTable('statistics_objects')
      .set({ due_at: dueAt, tries })
      .where('cluster_id', '=', cluster)
      .where('name', '=', name)
      .where('state', 'not in', ['excluded', 'gone'])
      .execute()
  }
}

export const goneOf = async (tx: Transaction<Schema>, cluster: string, names: string[], at: Date): Promise<void> => {
  if (names.length === 0) return
  await sql`update statistics_objects set state = 'gone', gone_at = ${at}::timestamptz, due_at = null
    where cluster_id = ${cluster} and state <> 'gone' and name = any(${names}::text[])`.execute(tx)
}

/** The objects stay, but are not counted any more. */
export const removeRows = async (tx: Transaction<Schema>, cluster: string, names: string[]): Promise<void> => {
  if (names.length === 0) return
  await sql`delete from usage_rows where cluster_id = ${cluster} and object_no in (
    select object_no from statistics_objects where cluster_id = ${cluster} and name = any(${names}::text[]))`.execute(
    tx,
  )
  await sql`update statistics_objects set item_count = null, sha256 = null, body = null, closed_at = null,
    unchanged_since = null where cluster_id = ${cluster} and name = any(${names}::text[])`.execute(tx)
}

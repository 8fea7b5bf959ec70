import { type Kysely, sql, type Transaction } from 'kysely'
import { appendRows } from './append-rows.ts'
import { listed } from './listed.ts'
import type { Schema } from './schema.ts'
import type { Heard, Untold } from './storage-run.ts'

type Range = { from: Date; to: Date }
type Subject = { kind: 'cluster' | 'user' | 'bucket'; id: string }

/**
 * The hours between two hours, neither of them included, at which the gateway told no size of a bucket that was there.
 * `isLost`: what was stored in them was never told later either.
 */
export type Silence = { since: Date; until: Date; isLost: boolean }

/** Until it ends: a time that no range reaches. */
const NOT_YET = sql`cast('9999-01-01' as timestamptz)`

const idOf = (kind: Subject['kind']) =>
  kind === 'cluster' ? sql`''` : sql.ref(kind === 'user' ? 'owner_id' : 'bucket')

/** Those that reach into a range, as `id`, `since`, `until` and `is_lost`; the ones of a subject that overlap are one. */
export const silencesIn = (cluster: string, { from, to }: Range, kind: Subject['kind'], id?: string) => sql`
  select id, min(since) as since, max(until) as until, bool_or(is_lost) as is_lost from (
    select *, sum(begins) over (partition by id order by since rows unbounded preceding) as silence from (
      select *, case when since < max(until) over (partition by id order by since
        rows between unbounded preceding and 1 preceding) then 0 else 1 end as begins from (
        select ${idOf(kind)} as id, since, max(coalesce(until, ${NOT_YET})) as until, bool_or(is_lost) as is_lost
        from untold_sizes where cluster_id = ${cluster} and since < ${to} and coalesce(until, ${NOT_YET}) > ${from}
          ${id === undefined ? sql`` : sql`and ${idOf(kind)} = ${id}`}
        group by 1, since
      ) as spans
    ) as marked
  ) as numbered group by id, silence`

/** Of one subject, in order. */
export const silencesOf = async (
  db: Kysely<Schema>,
  cluster: string,
  { kind, id }: Subject,
  range: Range,
): Promise<Silence[]> => {
  const { rows } = await sql<{ since: Date; until: Date; is_lost: boolean }>`
    select since, until, is_lost from (${silencesIn(cluster, range, kind, id)}) as silences order by since`.execute(db)
  return rows.map(({ since, until, is_lost }) => ({ since, until, isLost: is_lost }))
}

/** The buckets whose size is not told now, by name. */
export const untoldNow = async (db: Kysely<Schema>, cluster: string): Promise<Map<string, Untold>> => {
  const rows = await db
    .selectFrom('untold_sizes')
    .select(['bucket', 'owner_id', 'since'])
    .where('cluster_id', '=', cluster)
    .where('until', 'is', null)
    .execute()
  return new Map(rows.map(({ bucket, owner_id, since }) => [bucket, { bucket, ownerId: owner_id, since }]))
}

export const beginSilences = (tx: Transaction<Schema>, cluster: string, untold: readonly Untold[]): Promise<void> =>
  appendRows(
    tx,
    'untold_sizes',
    untold.map(({ bucket, ownerId, since }) => ({
      cluster_id: cluster,
      bucket: bucket.replaceAll('\0', '\uFFFD'),
      owner_id: ownerId,
      since,
      until: null,
      is_lost: false,
    })),
  )

export const endSilences = async (
  tx: Transaction<Schema>,
  cluster: string,
  at: Date,
  heard: readonly Heard[],
): Promise<void> => {
  for (const isLost of [true, false]) {
    const names = heard.filter((each) => each.isLost === isLost).map(({ bucket }) => bucket)
    if (names.length === 0) continue
    await sql`update untold_sizes set until = ${at}, is_lost = ${sql.lit(isLost)}
      where cluster_id = ${cluster} and until is null and bucket in ${listed(names)}`.execute(tx)
  }
}

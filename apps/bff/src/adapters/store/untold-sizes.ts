import { type Kysely, sql, type Transaction } from 'kysely'
import { appendRows } from './append-rows.ts'
import type { Schema } from './schema.ts'
import type { Heard, Untold } from './storage-run.ts'

type Range = { from: Date; to: Date }
type Subject = { kind: 'cluster' | 'user' | 'bucket'; id: string }

/**
 * The hours between two hours, neither of them included, at which the gateway told no size of a bucket that was there;
 * those of several buckets between the same two are one.
 */
export type Silence = {
  since: Date
  /** `null` while it lasts. */
  until: Date | null
  /** The byte-hours that came into the running totals at `until`, all at once. */
  caughtUp: bigint
  /** What was stored meanwhile was not told later either. */
  isLost: boolean
}

const reaches = ({ from, to }: Range) => sql`since < ${to} and (until is null or until > ${from})`

/** Those of a subject that reach into a range, by their beginning. */
export const silencesOf = async (
  db: Kysely<Schema>,
  cluster: string,
  { kind, id }: Subject,
  range: Range,
): Promise<Silence[]> => {
  const ofWhom = kind === 'cluster' ? sql`true` : sql`${sql.ref(kind === 'user' ? 'owner_id' : 'bucket')} = ${id}`
  const { rows } = await sql<{ since: Date; until: Date | null; caught_up: bigint; is_lost: boolean }>`
    select since, until, sum(caught_up) as caught_up, bool_or(is_lost) as is_lost from untold_sizes
    where cluster_id = ${cluster} and ${ofWhom} and ${reaches(range)} group by since, until order by since`.execute(db)
  return rows.map(({ since, until, caught_up, is_lost }) => ({ since, until, caughtUp: caught_up, isLost: is_lost }))
}

/**
 * Of each user with a size that was not told at some hour of a range, as `user_id`: `caught_up`, which came in within the
 * range and began before it, so that nobody knows what of it lies in the range; and `is_partial`, whether what is known of
 * the range is the least.
 */
export const untoldIn = (cluster: string, range: Range, ids?: readonly string[]) => {
  const { from, to } = range
  return sql`
    select owner_id as user_id,
      coalesce(sum(caught_up) filter (where since < ${from} and until <= ${to}), 0) as caught_up,
      bool_or(is_lost or since < ${from} or until is null or until > ${to}) as is_partial
    from untold_sizes where cluster_id = ${cluster} and ${reaches(range)}
      ${ids === undefined ? sql`` : sql`and owner_id = any(${ids}::text[])`}
    group by owner_id`
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
      caught_up: 0n,
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
    const some = heard.filter((each) => each.isLost === isLost)
    if (some.length === 0) continue
    await sql`
      update untold_sizes set until = ${at}, is_lost = ${sql.lit(isLost)}, caught_up = heard.caught_up
      from (select unnest(${some.map(({ bucket }) => bucket)}::text[]) as bucket,
        unnest(${some.map(({ caughtUp }) => caughtUp)}::numeric(38,0)[]) as caught_up) as heard
      where untold_sizes.cluster_id = ${cluster} and untold_sizes.until is null
        and untold_sizes.bucket = heard.bucket`.execute(tx)
  }
}

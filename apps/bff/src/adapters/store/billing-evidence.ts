import type { Priced } from '@ostor-console/shared/plans'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

type Users = { cluster: string; ids: string[] }
type Range = { from: Date; to: Date }
export type Evidence = ReturnType<typeof evidenceOf>
export type EvidenceObject = {
  cluster: string
  name: string
  at: Date
  periodSeconds: number | null
  isFinal: boolean
  count: bigint
}

const COLUMN = {
  egress: 'downloaded_bytes',
  put: 'put_ops',
  get: 'get_ops',
  list: 'list_ops',
  other: 'other_ops',
} as const satisfies Record<Exclude<Priced, 'storage'>, string>

const HOUR_MS = 3_600_000
const MOST = 1000

/** What lies under a line: what some users of one cluster stored and moved, hour by hour. */
export const evidenceOf = ({ snapshot }: Pick<Store, 'snapshot'>) => ({
  /** By the start of the hour, in milliseconds; an hour of which nothing is known is not there. */
  hours: (metric: Priced, users: Users, range: Range): Promise<Map<number, bigint>> =>
    snapshot((tx) => (metric === 'storage' ? storedBy(tx, users, range) : countedBy(tx, metric, users, range))),

  objects: (metric: Priced, users: Users, hour: Date): Promise<EvidenceObject[]> => {
    const range = { from: hour, to: new Date(hour.getTime() + HOUR_MS) }
    return snapshot((tx) => (metric === 'storage' ? bucketsIn(tx, users, range) : objectsIn(tx, metric, users, range)))
  },
})

const countedBy = async (tx: Kysely<Schema>, metric: keyof typeof COLUMN, { cluster, ids }: Users, range: Range) => {
  const { rows: known } = await sql<{ hour: Date }>`
    select distinct date_trunc('hour', started_at) as hour from statistics_objects where cluster_id = ${cluster}
      and item_count is not null and started_at >= ${range.from} and started_at < ${range.to}`.execute(tx)
  const { rows } = await sql<{ hour: Date; count: bigint }>`
    select date_trunc('hour', started_at) as hour, sum(${sql.ref(COLUMN[metric])}) as count from usage_rows
    where cluster_id = ${cluster} and user_id in (${sql.join(ids)})
      and started_at >= ${range.from} and started_at < ${range.to} group by 1`.execute(tx)
  const hours = new Map(known.map(({ hour }) => [hour.getTime(), 0n]))
  for (const { hour, count } of rows) hours.set(hour.getTime(), count)
  return hours
}

const objectsIn = async (
  tx: Kysely<Schema>,
  metric: keyof typeof COLUMN,
  { cluster, ids }: Users,
  { from, to }: Range,
): Promise<EvidenceObject[]> => {
  const { rows } = await sql<Omit<EvidenceObject, 'cluster'>>`
    select o.name, o.started_at as at, o.period_s as "periodSeconds", o.closed_at is not null as "isFinal",
      sum(r.${sql.ref(COLUMN[metric])}) as count
    from usage_rows as r join statistics_objects as o on o.cluster_id = r.cluster_id and o.object_no = r.object_no
    where r.cluster_id = ${cluster} and r.user_id in (${sql.join(ids)})
      and r.started_at >= ${from} and r.started_at < ${to}
    group by o.name, o.started_at, o.period_s, o.closed_at order by o.started_at, o.name limit ${sql.lit(MOST)}`.execute(
    tx,
  )
  return rows.map((row) => ({ ...row, cluster }))
}

type Sample = { id: string; sampled_at: Date; bytes: bigint; byte_hours: bigint }

/** Byte-hours of each hour; what grew over hours that were missed stands at the last of them. */
const storedBy = async (tx: Kysely<Schema>, { cluster, ids }: Users, { from, to }: Range) => {
  const { rows: runs } = await sql<{ sampled_at: Date }>`
    select sampled_at from storage_runs where cluster_id = ${cluster} and sampled_at >= ${from} and sampled_at <= ${to}
    order by sampled_at`.execute(tx)
  const { rows } = await sql<Sample>`
    select id, sampled_at, bytes, byte_hours from storage_samples
    where cluster_id = ${cluster} and kind = 'user' and id in (${sql.join(ids)}) and sampled_at <= ${to}
    order by sampled_at`.execute(tx)
  const current = new Map<string, Sample>()
  const hours = new Map<number, bigint>()
  let next = 0
  let before: bigint | null = null
  for (const { sampled_at: at } of runs) {
    for (let row = rows[next]; row && row.sampled_at <= at; row = rows[next]) {
      current.set(row.id, row)
      next += 1
    }
    const total = [...current.values()].reduce((sum, sample) => sum + totalAt(sample, at), 0n)
    if (before !== null) hours.set(at.getTime() - HOUR_MS, total - before)
    before = total
  }
  return hours
}

const totalAt = ({ bytes, byte_hours, sampled_at }: Sample, at: Date): bigint =>
  byte_hours + bytes * BigInt(Math.round((at.getTime() - sampled_at.getTime()) / HOUR_MS))

/** The buckets of the users, with the byte-hours that each grew by in the hour. */
const bucketsIn = async (
  tx: Kysely<Schema>,
  { cluster, ids }: Users,
  { from, to }: Range,
): Promise<EvidenceObject[]> => {
  const last = (at: Date) => sql`
    select distinct on (id) id, created_at, epoch, is_end, byte_hours + bytes
      * cast(round(extract(epoch from (cast(${at} as timestamptz) - sampled_at)) / 3600) as bigint) as total
    from storage_samples where cluster_id = ${cluster} and kind = 'bucket' and owner_id in (${sql.join(ids)})
      and sampled_at <= ${at} order by id, sampled_at desc, is_end`
  const { rows } = await sql<{ name: string; count: bigint }>`
    select late.id as name, late.total - coalesce(early.total, 0) as count from (${last(to)}) as late
    left join (${last(from)}) as early on early.id = late.id and early.epoch is not distinct from late.epoch
      and early.created_at is not distinct from late.created_at
    where not late.is_end order by count desc, name limit ${sql.lit(MOST)}`.execute(tx)
  return rows.map((row) => ({ ...row, cluster, at: from, periodSeconds: HOUR_MS / 1000, isFinal: true }))
}

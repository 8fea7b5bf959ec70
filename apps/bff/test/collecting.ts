import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import { type Simulator, startSimulator } from '@ostor-console/gateway-sim/simulator'
import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import { createGateway } from '../src/adapters/gateway/gateway.ts'
import { Secret } from '../src/adapters/gateway/secret.ts'
import type { Store } from '../src/adapters/store/store.ts'
import { FIT } from '../src/adapters/store/usage-sums.ts'
import type { Collector } from '../src/features/usage/collector.ts'
import { type Clocks, collectorOn, type Lister } from './collector-on.ts'

const NOON = '2026-11-04T12:00:00Z'
const SINCE = '2026-11-04T02:00:00Z'

/** A gateway whose clock stands still until a test moves it, and collectors that go by that clock. */
export const gatewayWithStatistics = async (options: SimulatorOptions = {}, secretAccessKey?: string) => {
  const simulator = await startSimulator({ users: 5, buckets: 8, services: 2, now: NOON, since: SINCE, ...options })
  const { clock } = simulator.control
  clock.freeze()
  const now = () => new Date(clock.now())
  const { endpoint, accessKeyId } = simulator
  const secret = Secret.of(secretAccessKey ?? simulator.secretAccessKey)
  const gateway = createGateway(
    { endpoint, accessKeyId, secretAccessKey: secret, signature: 'v2', region: 'us-east-1' },
    { now },
  )
  let isOpen = true
  /** Before the test ends, for one that needs many. */
  const end = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    await gateway.close()
    await simulator.close()
  }
  onTestFinished(end)

  return {
    ...simulator,
    gateway,
    now,
    end,
    collector: (store: Store, cluster = 'demo', seen: Lister = gateway, clocks: Clocks = {}): Collector =>
      collectorOn(store, cluster, seen, { now, ...clocks }),
  }
}

type Totals = ReturnType<Simulator['control']['oracle']['usage']>

/** The sums over all rows of a cluster, in the words of the oracle. */
export const totalsIn = async ({ db }: Store, cluster = 'demo'): Promise<Totals> => {
  const { rows } = await sql<Totals>`
    select coalesce(sum(put_ops), 0) as put, coalesce(sum(get_ops), 0) as "get", coalesce(sum(list_ops), 0) as list,
      coalesce(sum(other_ops), 0) as other, coalesce(sum(uploaded_bytes), 0) as uploaded,
      coalesce(sum(downloaded_bytes), 0) as downloaded
    from usage_rows where cluster_id = ${cluster}`.execute(db)
  if (!rows[0]) throw new Error('a sum answers a row')
  return rows[0]
}

const COLUMNS = { user: 'user_id', bucket: 'bucket' } as const

/** The same for each user id or bucket name. */
export const totalsBy = async (group: keyof typeof COLUMNS, { db }: Store): Promise<Map<string, Totals>> => {
  const column = sql.ref(COLUMNS[group])
  const { rows } = await sql<Totals & { id: string }>`
    select ${column} as id, sum(put_ops) as put, sum(get_ops) as "get", sum(list_ops) as list,
      sum(other_ops) as other, sum(uploaded_bytes) as uploaded, sum(downloaded_bytes) as downloaded
    from usage_rows group by ${column}`.execute(db)
  return new Map(rows.map(({ id, ...totals }) => [id, totals]))
}

/** The same for each user, bucket and hour, in the words of the oracle. */
export const totalsByHour = async ({ db }: Store): Promise<Map<string, Totals>> => {
  const { rows } = await sql<Totals & { id: string }>`
    select user_id || ' ' || bucket || ' ' || cast(cast(extract(epoch from date_trunc('hour', started_at)) as bigint) as text)
      as id, sum(put_ops) as put, sum(get_ops) as "get", sum(list_ops) as list, sum(other_ops) as other,
      sum(uploaded_bytes) as uploaded, sum(downloaded_bytes) as downloaded
    from usage_rows group by 1`.execute(db)
  return new Map(rows.map(({ id, ...totals }) => [id, totals]))
}

type Stretch = { from: number; to: number }

/** What nobody accepted of each service's gaps, as few stretches as there can be. */
export const missingIn = async ({ db }: Store): Promise<Map<string, Stretch[]>> => {
  const rows = await db
    .selectFrom('service_gaps')
    .selectAll()
    .where('kind', '=', 'missing')
    .orderBy('service_id')
    .orderBy('starts_at')
    .execute()
  const missing = new Map<string, Stretch[]>()
  for (const { service_id, starts_at, ends_at } of rows) {
    const own = missing.get(service_id) ?? []
    missing.set(service_id, own)
    own.push({ from: starts_at.getTime(), to: ends_at.getTime() })
  }
  return missing
}

/** Sums of the roll-ups that differ from those of the rows, of those periods that fit into a roll-up. */
export const staleRollUpsIn = async ({ db }: Store): Promise<number> => {
  const { rows } = await sql<{ differences: bigint }>`
    with hours as (
      select starts_at, sum(uploaded_bytes) as bytes, sum(get_ops) as ops from usage_hours group by 1
    ), hour_rows as (
      select date_trunc('hour', started_at) as starts_at, sum(uploaded_bytes) as bytes, sum(get_ops) as ops
      from usage_rows group by 1 having ${FIT}
    ), days as (
      select starts_at, user_id, bucket, sum(downloaded_bytes) as bytes, sum(put_ops) as ops
      from usage_bucket_days group by 1, 2, 3
    ), day_rows as (
      select date_trunc('day', started_at) as starts_at, user_id, bucket, sum(downloaded_bytes) as bytes,
        sum(put_ops) as ops
      from usage_rows where date_trunc('day', started_at) not in (
        select starts_at from usage_changes where grain = 'day'
        union all select date_trunc('day', started_at) from usage_rows group by 1 having not ${FIT}) group by 1, 2, 3
    )
    select (select count(*) from ((select * from hours except select * from hour_rows)
        union all (select * from hour_rows except select * from hours)) as h)
      + (select count(*) from (select * from day_rows except select * from days) as d) as differences`.execute(db)
  return Number(rows[0]?.differences ?? 0n)
}

/** Objects that have other rows than those that they were stored with. */
export const tornIn = async ({ db }: Store): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select name from statistics_objects as o
    where coalesce(item_count, 0) <> (select count(*) from usage_rows as r where r.object_no = o.object_no)`.execute(db)
  return rows.map(({ name }) => name)
}

/** The objects of a cluster in the store, by name. */
export const objectsIn = async ({ db }: Store, cluster = 'demo') => {
  const rows = await db.selectFrom('statistics_objects').selectAll().where('cluster_id', '=', cluster).execute()
  return new Map(rows.map((row) => [row.name, row]))
}

type Item = { bucket?: string; userId?: string; uploaded?: string; get?: string }

/** The text of an object with one item, for a test to plant; numbers are given as they are to be written. */
export const bodyOf = (
  startedAt: string,
  { bucket = 'planted', userId = 'planted-user-0001', uploaded = '1', get = '1' }: Item = {},
) =>
  `{"fmt_version":1,"service_id":"8000000000000065","start_ts":${Date.parse(startedAt) / 1000},"period":1800,"nr_items":1,"items":[` +
  `{"key":{"bucket":"${bucket}","epoch":1,"user_id":"${userId}","tag":""},` +
  `"counters":{"ops":{"put":0,"get":${get},"list":0,"other":0},"net_io":{"uploaded":${uploaded},"downloaded":0}}}]}`

import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'
import { type Change, goneOf, quarantinedOf, retriedOf, storedOf } from './statistics-changes.ts'
import type { Store } from './store.ts'

/** A name as the gateway listed it; `fault` says why it cannot be true. */
export type ListedObject = {
  name: string
  serviceId: string
  startedAt: Date
  nominalSeconds: number
  fault: string | null
}

export type Listing = {
  objects: ListedObject[]
  at: Date
  coversUntil: Date
  /** The list is whole, from its first name to its last, so that what is not in it is no longer at the gateway. */
  isWhole: boolean
}

/** An object that waits to be read, or to be read again. */
export type DueObject = {
  name: string
  objectNo: bigint
  startedAt: Date
  nominalSeconds: number
  sha256: string | null
  unchangedSince: Date | null
  tries: number
}

export type StatisticsStore = ReturnType<typeof statisticsOf>

// Bounds the memory of one statement.
const NAMES_AT_ONCE = 5_000

/** What the collector writes: the names that were listed, and the objects that were read. */
export const statisticsOf = (store: Store) => ({
  /** The last name of each gateway service; names that cannot be true do not count. */
  async cursors(cluster: string): Promise<Map<string, string>> {
    const rows = await store.db
      .selectFrom('statistics_objects')
      .select(['service_id', (eb) => eb.fn.max('name').as('name')])
      .where('cluster_id', '=', cluster)
      .where('state', '!=', 'quarantined')
      .groupBy('service_id')
      .execute()
    return new Map(rows.map(({ service_id, name }) => [service_id, name]))
  },

  async listedAt(cluster: string) {
    const row = await store.db
      .selectFrom('collector_state')
      .select(['listed_at as any', 'fully_listed_at as full'])
      .where('cluster_id', '=', cluster)
      .executeTakeFirst()
    return row ?? null
  },

  /** Enters new names, and what a whole list shows of the old ones. Answers how many names were new. */
  recordListing: (cluster: string, listing: Listing): Promise<number> =>
    store.transaction(async (tx) => {
      let added = 0
      for (let from = 0; from < listing.objects.length; from += NAMES_AT_ONCE) {
        added += await add(tx, cluster, listing.objects.slice(from, from + NAMES_AT_ONCE), listing.at)
      }
      if (listing.isWhole) await compare(tx, cluster, listing)
      await sql`insert into collector_state (cluster_id, listed_at, fully_listed_at, covers_until)
        values (${cluster}, ${listing.at}, ${listing.at}, ${listing.coversUntil})
        on conflict (cluster_id) do update set listed_at = excluded.listed_at, covers_until = excluded.covers_until,
        fully_listed_at = case when ${listing.isWhole} then excluded.fully_listed_at
          else collector_state.fully_listed_at end`.execute(tx)
      return added
    }),

  /** What is to be read now, newest first. */
  async due(cluster: string, now: Date, limit: number): Promise<DueObject[]> {
    return store.db
      .selectFrom('statistics_objects')
      .select(['name', 'object_no as objectNo', 'started_at as startedAt', 'nominal_s as nominalSeconds'])
      .select(['sha256', 'unchanged_since as unchangedSince', 'tries'])
      .where('cluster_id', '=', cluster)
      .where('due_at', '<=', now)
      .orderBy('started_at', 'desc')
      .orderBy('name', 'desc')
      .limit(limit)
      .execute()
  },

  async find(cluster: string, name: string): Promise<DueObject | null> {
    const row = await store.db
      .selectFrom('statistics_objects')
      .select(['name', 'object_no as objectNo', 'started_at as startedAt', 'nominal_s as nominalSeconds'])
      .select(['sha256', 'unchanged_since as unchangedSince', 'tries'])
      .where('cluster_id', '=', cluster)
      .where('name', '=', name)
      .executeTakeFirst()
    return row ?? null
  },

  /** Everything that was read takes effect together: an object and its rows are never apart. */
  save: (cluster: string, changes: Change[]): Promise<void> =>
    store.transaction(async (tx) => {
      const of = <K extends Change['kind']>(kind: K) =>
        changes.filter((change): change is Extract<Change, { kind: K }> => change.kind === kind)
      await storedOf(tx, cluster, of('stored'))
      await quarantinedOf(tx, cluster, of('quarantined'))
      await retriedOf(tx, cluster, of('retry'))
      await goneOf(
        tx,
        cluster,
        of('gone').map(({ name }) => name),
        changes[0]?.at ?? new Date(),
      )
    }),
})

const add = async (tx: Transaction<Schema>, cluster: string, objects: ListedObject[], at: Date): Promise<number> => {
  const { numAffectedRows } = await sql`
    insert into statistics_objects
      (cluster_id, name, service_id, started_at, nominal_s, state, reason, first_listed_at, due_at, tries)
    select ${cluster}::text, v.name, v.service_id, v.started_at, v.nominal_s,
      case when v.fault is null then 'listed' else 'quarantined' end, v.fault, ${at}::timestamptz,
      case when v.fault is null then ${at}::timestamptz end, 0
    from (select unnest(${objects.map(({ name }) => name)}::text[]) as name,
      unnest(${objects.map(({ serviceId }) => serviceId)}::text[]) as service_id,
      unnest(${objects.map(({ startedAt }) => startedAt)}::timestamptz[]) as started_at,
      unnest(${objects.map(({ nominalSeconds }) => nominalSeconds)}::integer[]) as nominal_s,
      unnest(${objects.map(({ fault }) => fault)}::text[]) as fault) as v
    on conflict (cluster_id, name) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

const compare = async (tx: Transaction<Schema>, cluster: string, { objects, at }: Listing): Promise<void> => {
  const listed = new Set(objects.map(({ name }) => name))
  const known = await tx
    .selectFrom('statistics_objects')
    .select(['name', 'state'])
    .where('cluster_id', '=', cluster)
    .execute()
  const vanished = known.filter(({ name, state }) => state !== 'gone' && !listed.has(name))
  const returned = known.filter(({ name, state }) => state === 'gone' && listed.has(name))
  await goneOf(
    tx,
    cluster,
    vanished.map(({ name }) => name),
    at,
  )
  if (returned.length === 0) return
  await sql`update statistics_objects set gone_at = null, due_at = case when closed_at is null then ${at}::timestamptz end,
    state = case when closed_at is not null then 'closed' when sha256 is not null then 'open' else 'listed' end
    where cluster_id = ${cluster} and name = any(${returned.map(({ name }) => name)}::text[])`.execute(tx)
}

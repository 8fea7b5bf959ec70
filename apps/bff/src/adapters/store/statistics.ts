import type { StatisticsDecision } from '@ostor-console/shared/statistics'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'
import { type Change, goneOf } from './statistics-changes.ts'
import { saveChanges } from './statistics-saving.ts'
import type { Store } from './store.ts'
import { markChanged } from './usage-changes.ts'

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
  /** Up to where it has everything; `null` for a list that broke off, which proves nothing of what it lacks. */
  coversUntil: Date | null
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
  /** What an admin decided about it; `null` when nobody did. */
  decision: StatisticsDecision | null
  assignedAt: Date | null
}

export type StatisticsStore = ReturnType<typeof statisticsOf>

// No pause between two readings is as long: what is due later was written before a clock was set back.
const BEYOND_ANY_PAUSE_MS = 7_200_000
const SECONDS = '2026-11-04T12:00:00'.length
// A start that an admin assigned is not the one in the name, by which the gateway sorts.
const DATE_IN_NAME = sql<string>`substr(name, ${sql.lit('s3-usage-8000000000000065-'.length + 1)}, ${sql.lit(SECONDS)})`
// Bounds the memory of one statement.
const NAMES_AT_ONCE = 5_000

/** What the collector writes: the names that were listed, and the objects that were read. */
export const statisticsOf = (store: Store) => ({
  /**
   * The last name of each gateway service. Names that cannot be true do not count, and none dated after `now`, whatever
   * became of it: what the service writes next would come before it.
   */
  async cursors(cluster: string, now: Date): Promise<Map<string, string>> {
    const rows = await store.db
      .selectFrom('statistics_objects')
      .select(['service_id', (eb) => eb.fn.max('name').as('name')])
      .where('cluster_id', '=', cluster)
      .where('state', '!=', 'quarantined')
      .where(DATE_IN_NAME, '<=', now.toISOString().slice(0, SECONDS))
      .groupBy('service_id')
      .execute()
    return new Map(rows.map(({ service_id, name }) => [service_id, name]))
  },

  /** When the gateway was listed whole, and up to where everything is listed. */
  async listedAt(cluster: string) {
    const row = await store.db
      .selectFrom('collector_state')
      .select(['fully_listed_at as full', 'covers_until as coversUntil'])
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
      await tx
        .updateTable('statistics_objects')
        .set({ due_at: listing.at })
        .where('cluster_id', '=', cluster)
        .where('due_at', '>', new Date(listing.at.getTime() + BEYOND_ANY_PAUSE_MS))
        .execute()
      if (listing.coversUntil === null) return added
      await sql`insert into collector_state (cluster_id, listed_at, fully_listed_at, covers_until)
        values (${cluster}, ${listing.at}, ${listing.at}, ${listing.coversUntil})
        on conflict (cluster_id) do update set listed_at = excluded.listed_at, covers_until = excluded.covers_until,
        fully_listed_at = case when ${listing.isWhole} then excluded.fully_listed_at
          else collector_state.fully_listed_at end`.execute(tx)
      return added
    }),

  /** What is to be read now, newest first. */
  async due(cluster: string, now: Date, limit: number): Promise<DueObject[]> {
    return dueObjects(store, cluster)
      .where('o.due_at', '<=', now)
      .orderBy('o.started_at', 'desc')
      .orderBy('o.name', 'desc')
      .limit(limit)
      .execute()
  },

  async find(cluster: string, name: string): Promise<DueObject | null> {
    return (await dueObjects(store, cluster).where('o.name', '=', name).executeTakeFirst()) ?? null
  },

  /** An object that the gateway gave, if it can be one that is not to be read again; `null` when it gave none. */
  async onceRead(cluster: string): Promise<string | null> {
    const row = await store.db
      .selectFrom('statistics_objects')
      .select('name')
      .where('cluster_id', '=', cluster)
      .where('state', 'in', ['open', 'closed'])
      .orderBy('state')
      .orderBy('read_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row?.name ?? null
  },

  /** Everything that was read takes effect together: an object and its rows are never apart. */
  save: (cluster: string, changes: Change[]): Promise<void> =>
    store.transaction(async (tx) => {
      await saveChanges(tx, store.engine, cluster, changes)
    }),
})

const dueObjects = ({ db }: Store, cluster: string) =>
  db
    .selectFrom('statistics_objects as o')
    .leftJoin('statistics_decisions as d', (join) =>
      join.onRef('d.cluster_id', '=', 'o.cluster_id').onRef('d.name', '=', 'o.name'),
    )
    .select(['o.name', 'o.object_no as objectNo', 'o.started_at as startedAt', 'o.nominal_s as nominalSeconds'])
    .select(['o.sha256', 'o.unchanged_since as unchangedSince', 'o.tries', 'd.decision', 'd.assigned_at as assignedAt'])
    .where('o.cluster_id', '=', cluster)

const add = async (tx: Transaction<Schema>, cluster: string, objects: ListedObject[], at: Date): Promise<number> => {
  const { rows } = await sql<{ name: string }>`
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
    on conflict (cluster_id, name) do nothing returning name`.execute(tx)
  await markChanged(
    tx,
    cluster,
    rows.map(({ name }) => name),
  )
  return rows.length
}

const compare = async (tx: Transaction<Schema>, cluster: string, { objects, at }: Listing): Promise<void> => {
  const names = objects.map(({ name }) => name)
  const listed = new Set(names)
  // What is gone stays in the store for years; only what is there can vanish, and only what is listed can return.
  const there = await tx
    .selectFrom('statistics_objects')
    .select('name')
    .where('cluster_id', '=', cluster)
    .where('state', '<>', 'gone')
    .execute()
  const vanished = there.flatMap(({ name }) => (listed.has(name) ? [] : [name]))
  await goneOf(tx, cluster, vanished, at)
  await markChanged(tx, cluster, vanished)
  const excluded = sql`select d.name from statistics_decisions as d
    where d.cluster_id = ${cluster} and d.decision = 'exclude'`
  for (let from = 0; from < names.length; from += NAMES_AT_ONCE) {
    const { rows } = await sql<{ name: string }>`
      update statistics_objects set gone_at = null,
      due_at = case when closed_at is null and name not in (${excluded}) then ${at}::timestamptz end,
      state = case when name in (${excluded}) then 'excluded'
        when closed_at is not null then 'closed' when sha256 is not null then 'open' else 'listed' end
      where cluster_id = ${cluster} and state = 'gone'
        and name = any(${names.slice(from, from + NAMES_AT_ONCE)}::text[]) returning name`.execute(tx)
    await markChanged(
      tx,
      cluster,
      rows.map(({ name }) => name),
    )
  }
}

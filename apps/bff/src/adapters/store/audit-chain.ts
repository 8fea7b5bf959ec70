import { hash } from 'node:crypto'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { appendRows } from './append-rows.ts'
import type { Schema } from './schema.ts'
import { saveSetting, settingOf } from './setting.ts'

// Every entry has a hash over itself and the hash of the entry before it, and the last one is kept apart as the head. An
// entry that is changed, removed, moved or slipped in later does not fit, nor does a shorter audit fit its head.

export type Fault = {
  /** The first entry that does not fit; the last one that is there when some are missing after it. */
  seq: bigint
  is: 'changed' | 'missing' | 'not in the chain' | 'the last one, though there were more'
}
type Target = { db: Kysely<Schema>; engine: 'duckdb' | 'postgresql' }
type Snapshots = { snapshot: <T>(work: (tx: Kysely<Schema>) => Promise<T>) => Promise<T> }
type Link = { seq: bigint; hash: string }
/** `last` is the last link that fits. */
export type Verified = { entries: number; last: Link; fault: Fault | null }

const HEAD = 'audit-head'
const BEFORE_ALL: Link = { seq: 0n, hash: '' }
const AT_ONCE = 20_000
// Any number will do, as long as every console uses the same.
const ADVISORY_LOCK = 4_718_204

const TEXTS = [
  'operation_id',
  'kind',
  'actor',
  'action',
  'cluster_id',
  'user_id',
  'bucket',
  'target',
  'before',
  'after',
  'outcome',
  'detail',
] as const satisfies (keyof Schema['audit'])[]

/** Each text with its length before it, so that nothing can move from one to the next; for `concat`, which passes over nulls. */
const lengthened = (name: string): RawBuilder<unknown> => {
  const column = sql.ref(name)
  return sql`length(${column}), case when ${column} is null then '-' else ':' end, ${column}`
}

/** Only rows that have an origin say it, so that the links of older ones stay as they are. */
const ORIGIN = sql`case when address is null and request_ids is null then ''
  else concat(' from ', ${lengthened('address')}, ${lengthened('request_ids')}) end`

const SAID = sql`concat(cast(seq as text), ' ', cast(cast(round(extract(epoch from "at") * 1000) as bigint) as text), ' ',
  ${sql.join(TEXTS.map(lengthened))}, ${ORIGIN})`

type Said = { seq: bigint; said: string }

const next = (before: string, said: string): string => hash('sha256', `${before}\n${said}`)

/** The same in the store, which compares a million of them faster than it hands them out. */
const SHA256 = {
  duckdb: sql`sha256(concat(hash_before, chr(10), said))`,
  postgresql: sql`encode(sha256(convert_to(concat(hash_before, chr(10), said), 'UTF8')), 'hex')`,
}

const saidWhere = (where: RawBuilder<unknown>) => sql<Said>`
  select seq, ${SAID} as said from audit left join (select * from audit_origins where ${where}) as origins using (seq)
  where ${where}`

const saidIn = async (db: Kysely<Schema>, where: RawBuilder<unknown>): Promise<Said[]> => {
  const { rows } = await sql<Said>`${saidWhere(where)} order by seq`.execute(db)
  return rows
}

const headOf = async (db: Kysely<Schema>): Promise<Link | null> => {
  const [seq, head] = (await settingOf(db, HEAD))?.split(' ') ?? []
  return seq !== undefined && head !== undefined ? { seq: BigInt(seq), hash: head } : null
}

/** Runs the work that adds entries, whose `seq`s it answers in order, and makes them the next links in the same transaction. */
export const chained = ({ db, engine }: Target, add: (tx: Transaction<Schema>) => Promise<readonly bigint[]>) =>
  // Not serializable: what was last has to be read after the lock was granted.
  db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (tx) => {
      if (engine === 'postgresql') await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(tx)
      const head = await headOf(tx)
      const added = await add(tx)
      const [first, seq] = [added[0], added.at(-1)]
      if (first === undefined || seq === undefined) return
      const said = await saidIn(tx, first === seq ? sql`seq = ${seq}` : sql`seq >= ${first} and seq <= ${seq}`)
      await setHead(tx, { seq, hash: await chain(tx, head?.hash ?? BEFORE_ALL.hash, said) })
    })

/** Chains what a console left that knew of no chain. Afterwards entries without a chain are a fault. */
export const beginChain = async ({ db, engine }: Target): Promise<void> => {
  if ((await headOf(db)) !== null) return
  if (engine === 'duckdb') {
    // Nobody else writes yet, and a million entries are too much for the memory of one transaction. Without a head it
    // begins anew.
    await db.deleteFrom('audit_chain').execute()
    await chainAll(db)
    return
  }
  await db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(tx)
      if ((await headOf(tx)) === null) await chainAll(tx)
    })
}

const setHead = (tx: Kysely<Schema>, { seq, hash: last }: Link): Promise<void> =>
  saveSetting(tx, HEAD, `${seq} ${last}`)

/** Answers the hash of the last entry. */
const chain = async (tx: Kysely<Schema>, before: string, entries: readonly Said[]): Promise<string> => {
  let last = before
  const links = entries.map(({ seq, said }): Link => {
    last = next(last, said)
    return { seq, hash: last }
  })
  await appendRows(tx, 'audit_chain', links)
  return last
}

const chainAll = async (db: Kysely<Schema>): Promise<void> => {
  const last = { seq: -1n, hash: BEFORE_ALL.hash }
  let entries = await saidAfter(db, last.seq)
  while (entries.length > 0) {
    last.hash = await chain(db, last.hash, entries)
    last.seq = entries.at(-1)?.seq ?? last.seq
    entries = await saidAfter(db, last.seq)
  }
  if (last.hash !== BEFORE_ALL.hash) await setHead(db, last)
}

const saidAfter = async (db: Kysely<Schema>, seq: bigint): Promise<Said[]> => {
  // Only numbers are sorted here: with all that the entries say DuckDB would run out of memory.
  const { rows } = await sql<{ last: bigint | null }>`
    select max(seq) as last from (
      select seq from audit where seq > ${seq} order by seq limit ${sql.lit(AT_ONCE)}) as batch`.execute(db)
  const end = rows[0]?.last ?? null
  return end === null ? [] : saidIn(db, sql`seq > ${seq} and seq <= ${end}`)
}

/**
 * Lets the store compare its audit with the chain, in two halves side by side. What is before the head is never written
 * again; only what came since needs the snapshot.
 */
export const verifyChain = async ({ db, engine, snapshot }: Target & Snapshots): Promise<Verified> => {
  const head = await headOf(db)
  const middle = await linkUpTo(db, (head?.seq ?? 0n) / 2n)
  const [first, second] = await Promise.all([
    compare({ db, engine }, BEFORE_ALL, middle.seq),
    compare({ db, engine }, middle, head?.seq ?? 0n),
  ])
  if (first.fault !== null) return first
  const upToHead = { ...second, entries: first.entries + second.entries }
  if (second.fault !== null) return upToHead
  return snapshot(async (tx) => {
    const rest = await compare({ db: tx, engine }, upToHead.last, null)
    const entries = upToHead.entries + rest.entries
    const fault = rest.fault ?? (await slippedIn(tx)) ?? faultOfEnd(await headOf(tx), rest.last)
    return { entries, last: rest.last, fault }
  })
}

/** Compares the links after one up to another, or all that follow. */
const compare = async ({ db, engine }: Target, after: Link, upTo: bigint | null): Promise<Verified> => {
  let [entries, last] = [0, after]
  for (;;) {
    const stretch = await stretchAfter({ db, engine }, last, upTo)
    if (stretch === null) return { entries, last, fault: null }
    const { fitting, end, misfit } = stretch
    entries += fitting
    if (end !== null) last = await linkUpTo(db, end)
    if (misfit !== null) return { entries, last, fault: await faultAt(db, misfit) }
  }
}

/** How many links fit, up to the first that does not, and the last of them. */
type Stretch = { fitting: number; end: bigint | null; misfit: bigint | null }

const stretchAfter = async ({ db, engine }: Target, last: Link, upTo: bigint | null): Promise<Stretch | null> => {
  const { first } = await db
    .selectFrom('audit_chain')
    .select(({ fn }) => fn.min<bigint | null>('seq').as('first'))
    .where('seq', '>', last.seq)
    .executeTakeFirstOrThrow()
  if (first === null || (upTo !== null && first > upTo)) return null
  // So many numbers, not so many rows, for which a store would sort all that follow.
  const end = first + BigInt(AT_ONCE - 1)
  const here = sql`seq >= ${first} and seq <= ${upTo !== null && upTo < end ? upTo : end}`
  const { rows } = await sql<Stretch>`
    with links as (
      select seq, hash, coalesce(lag(hash) over (order by seq), ${last.hash}) as hash_before from audit_chain where ${here}
    ), entries as (${saidWhere(here)}
    ), compared as (
      select seq, count(*) = 1 and coalesce(bool_and(hash = ${SHA256[engine]}), false) as fits
      from links left join entries using (seq) group by seq
    ), misfits as (select min(seq) as misfit from compared where not fits)
    select cast(count(seq) as integer) as fitting, max(seq) as "end", max(misfit) as misfit
    from misfits left join compared on misfit is null or seq < misfit`.execute(db)
  return rows[0] ?? null
}

const linkUpTo = async (db: Kysely<Schema>, seq: bigint): Promise<Link> => {
  const { rows } = await sql<Link>`
    select seq, hash from audit_chain where seq = (select max(seq) from audit_chain where seq <= ${seq})`.execute(db)
  return rows[0] ?? BEFORE_ALL
}

const faultAt = async (db: Kysely<Schema>, seq: bigint): Promise<Fault> => {
  const entry = await db.selectFrom('audit').select('seq').where('seq', '=', seq).executeTakeFirst()
  return { seq, is: entry ? 'changed' : 'missing' }
}

const slippedIn = async (db: Kysely<Schema>): Promise<Fault | null> => {
  const { rows } = await sql<{ seq: bigint | null }>`select min(a.seq) as seq from audit as a
    where not exists (select 1 from audit_chain as c where c.seq = a.seq)`.execute(db)
  const seq = rows[0]?.seq ?? null
  return seq === null ? null : { seq, is: 'not in the chain' }
}

const faultOfEnd = (head: Link | null, { seq, hash: last }: Link): Fault | null =>
  (head?.hash ?? BEFORE_ALL.hash) === last ? null : { seq, is: 'the last one, though there were more' }

import { hash } from 'node:crypto'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { appendRows } from './append-rows.ts'
import type { Schema } from './schema.ts'

// Every entry has a hash over itself and the hash of the entry before it, and the last one is kept apart as the head. An
// entry that is changed, removed, moved or slipped in later does not fit, nor does a shorter audit fit its head.

export type Fault = {
  /** The first entry that does not fit; the last one that is there when some are missing after it. */
  seq: bigint
  is: 'changed' | 'missing' | 'not in the chain' | 'the last one, though there were more'
}
type Target = { db: Kysely<Schema>; engine: 'duckdb' | 'postgresql' }
export type Verified = { entries: number; head: string | null; fault: Fault | null }

const HEAD = 'audit-head'
const BEGINNING = ''
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

/** Each text with its length before it, so that nothing can move from one to the next. */
const lengthened = (name: string): RawBuilder<unknown> => {
  const column = sql.ref(name)
  return sql`coalesce(cast(length(${column}) as text) || ':' || ${column}, '-')`
}

/** Only rows that have an origin say it, so that the links of older ones stay as they are. */
const ORIGIN = sql`case when address is null and request_ids is null then ''
  else concat(' from ', ${lengthened('address')}, ${lengthened('request_ids')}) end`

const SAID = sql`concat(cast(seq as text), ' ', cast(cast(round(extract(epoch from "at") * 1000) as bigint) as text), ' ',
  ${sql.join(TEXTS.map(lengthened))}, ${ORIGIN})`

type Said = { seq: bigint; said: string }
type Link = { seq: bigint; hash: string }

const next = (before: string, said: string): string => hash('sha256', `${before}\n${said}`)

const saidIn = async (db: Kysely<Schema>, where: RawBuilder<unknown>): Promise<Said[]> => {
  const { rows } = await sql<Said>`
    select seq, ${SAID} as said from audit left join (select * from audit_origins where ${where}) as origins using (seq)
    where ${where} order by seq`.execute(db)
  return rows
}

const headOf = async (db: Kysely<Schema>): Promise<Link | null> => {
  const found = await db.selectFrom('settings').select('value').where('name', '=', HEAD).executeTakeFirst()
  const [seq, head] = found?.value.split(' ') ?? []
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
      await setHead(tx, { seq, hash: await chain(tx, head?.hash ?? BEGINNING, said) })
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

const setHead = async (tx: Kysely<Schema>, { seq, hash: last }: Link): Promise<void> => {
  const value = `${seq} ${last}`
  await tx
    .insertInto('settings')
    .values({ name: HEAD, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

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
  const last = { seq: -1n, hash: BEGINNING }
  let entries = await saidAfter(db, last.seq)
  while (entries.length > 0) {
    last.hash = await chain(db, last.hash, entries)
    last.seq = entries.at(-1)?.seq ?? last.seq
    entries = await saidAfter(db, last.seq)
  }
  if (last.hash !== BEGINNING) await setHead(db, last)
}

const saidAfter = async (db: Kysely<Schema>, seq: bigint): Promise<Said[]> => {
  // Only numbers are sorted here: with all that the entries say DuckDB would run out of memory.
  const { rows } = await sql<{ last: bigint | null }>`
    select max(seq) as last from (
      select seq from audit where seq > ${seq} order by seq limit ${sql.lit(AT_ONCE)}) as batch`.execute(db)
  const end = rows[0]?.last ?? null
  return end === null ? [] : saidIn(db, sql`seq > ${seq} and seq <= ${end}`)
}

/** Reads the whole audit, some thousand entries at a time, and compares it with its chain. `db` is a snapshot, or nobody writes. */
export const verifyChain = async (db: Kysely<Schema>): Promise<Verified> => {
  const head = await headOf(db)
  let [entries, last, lastSeq] = [0, BEGINNING, 0n]
  for (;;) {
    const links = await linksAfter(db, lastSeq)
    const end = links.at(-1)?.seq
    if (end === undefined) break
    const said = await saidBySeq(db, lastSeq, end)
    for (const link of links) {
      const text = said.get(link.seq)
      if (text === undefined) return { entries, head: last, fault: { seq: link.seq, is: 'missing' } }
      last = next(last, text)
      if (last !== link.hash) return { entries, head: last, fault: { seq: link.seq, is: 'changed' } }
      entries += 1
    }
    lastSeq = end
  }
  const fault = (await slippedIn(db)) ?? faultOfEnd(head, { seq: lastSeq, hash: last })
  return { entries, head: last === BEGINNING ? null : last, fault }
}

const TWICE = 'said twice'

const saidBySeq = async (db: Kysely<Schema>, after: bigint, end: bigint): Promise<Map<bigint, string>> => {
  const bySeq = new Map<bigint, string>()
  for (const { seq, said } of await saidIn(db, sql`seq > ${after} and seq <= ${end}`))
    bySeq.set(seq, bySeq.has(seq) ? TWICE : said)
  return bySeq
}

const linksAfter = async (db: Kysely<Schema>, seq: bigint): Promise<Link[]> =>
  db.selectFrom('audit_chain').select(['seq', 'hash']).where('seq', '>', seq).orderBy('seq').limit(AT_ONCE).execute()

const slippedIn = async (db: Kysely<Schema>): Promise<Fault | null> => {
  const { rows } = await sql<{ seq: bigint | null }>`select min(a.seq) as seq from audit as a
    where not exists (select 1 from audit_chain as c where c.seq = a.seq)`.execute(db)
  const seq = rows[0]?.seq ?? null
  return seq === null ? null : { seq, is: 'not in the chain' }
}

const faultOfEnd = (head: Link | null, { seq, hash: last }: Link): Fault | null =>
  (head?.hash ?? BEGINNING) === last ? null : { seq, is: 'the last one, though there were more' }

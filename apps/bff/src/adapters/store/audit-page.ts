import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { Schema } from './schema.ts'
import { isWithin, type Within } from './within.ts'

export type AuditFilter = {
  cluster: string
  operationId?: string | undefined
  /** Part of what an entry says, letter for letter but for the case. */
  search?: string | undefined
  actor?: string | undefined
  actions?: readonly string[] | undefined
  /** As it was last known. */
  outcome?: string | undefined
  userId?: string | undefined
  bucket?: string | undefined
  /** Only what began in [from, to). */
  from?: Date | undefined
  to?: Date | undefined
  /** Only what is about these. */
  within?: Within | undefined
}

export type PageRow = Selectable<Schema['audit']>

type Place = { before: bigint | null; limit: number }
type Stretch = { start: bigint; end: bigint }

const FIRST_STRETCH = 2_000n
const LONGEST_STRETCH = 64_000n
const EVERYTHING = 2n ** 62n

/** For operations in `begun`: the last thing that was learned about each, as `ended`. */
export const ENDED = sql`ended as (
  select * from audit where kind = 'end' and seq in (
    select max(e.seq) from audit as e
    where e.kind = 'end' and e.operation_id in (select operation_id from begun) group by e.operation_id)
)`

/** An operation as it was last known, `b` being its first row and `e` its last, if it has another. */
export const AS_KNOWN = sql`b.seq, b."at", b.operation_id, b.kind, b.actor, b.action, b.cluster_id,
  coalesce(e.user_id, b.user_id) as user_id, b.bucket, coalesce(e.target, b.target) as target, b."before",
  coalesce(e."after", b."after") as "after", coalesce(e.outcome, b.outcome) as outcome, coalesce(e.detail, b.detail) as detail`

/** Operations of the cluster and of the console, newest first, each with the last thing that was learned about it. */
export const pageOf = async (db: Kysely<Schema>, filter: AuditFilter, { before, limit }: Place): Promise<PageRow[]> => {
  const found: PageRow[] = []
  for await (const stretch of stretchesOf(db, filter, before)) {
    found.push(...(await operationsIn(db, filter, stretch, limit - found.length)))
    if (found.length >= limit) break
  }
  return found
}

/**
 * Backwards through the audit in growing pieces: the newest entries are found at once, and what is rare is looked for
 * within the memory that a piece takes. What is few by itself is found in one piece.
 */
async function* stretchesOf(
  db: Kysely<Schema>,
  { operationId, userId, bucket }: AuditFilter,
  before: bigint | null,
): AsyncGenerator<Stretch> {
  if (operationId !== undefined || userId !== undefined || bucket !== undefined) {
    yield { start: 0n, end: before ?? EVERYTHING }
    return
  }
  let end = before ?? (await endOf(db))
  for (let length = FIRST_STRETCH; end > 0n; length = length * 4n > LONGEST_STRETCH ? LONGEST_STRETCH : length * 4n) {
    const start = end > length ? end - length : 0n
    yield { start, end }
    end = start
  }
}

const endOf = async (db: Kysely<Schema>): Promise<bigint> => {
  const { rows } = await sql<{ last: bigint | null }>`select max(seq) as last from audit`.execute(db)
  return (rows[0]?.last ?? -1n) + 1n
}

const operationsIn = async (
  db: Kysely<Schema>,
  filter: AuditFilter,
  { start, end }: Stretch,
  limit: number,
): Promise<PageRow[]> => {
  const created = filter.userId === undefined ? [] : await creationsOf(db, filter.userId)
  // What was learned of an operation stands behind its beginning. Where that excludes nothing, DuckDB is slower for it.
  const behind = (row: 'e' | 'l') => (start === 0n ? sql`` : sql`and ${sql.ref(`${row}.seq`)} > ${start}`)
  const last = filter.search ? await lastLearned(db, { start, end }) : end
  const { rows } = await sql<PageRow>`
    with begun as (
      select *, (select max(l.seq) from audit as l
        where l.operation_id = audit.operation_id and l.kind = 'end' ${behind('l')}) as last_seq
      from audit where kind = 'begin' and seq >= ${start} and seq < ${end} and ${sql.join(begunAs(filter, created), AND)}
    )
    select ${AS_KNOWN} from begun as b left join audit as e on e.seq = b.last_seq ${behind('e')}
    where ${sql.join([sql`true`, ...knownAs(filter, { start, last })], AND)} order by b.seq desc limit ${sql.lit(limit)}`.execute(
    db,
  )
  return rows
}

/** The last row of an operation that began in a stretch. Most end soon, so that it is not far behind. */
const lastLearned = async (db: Kysely<Schema>, { start, end }: Stretch): Promise<bigint> => {
  if (end === EVERYTHING) return end
  const { rows } = await sql<{ last: bigint | null }>`
    select max(seq) as last from audit where kind = 'end' and seq > ${start} and operation_id in (
      select operation_id from audit where kind = 'begin' and seq >= ${start} and seq < ${end})`.execute(db)
  return rows[0]?.last ?? end
}

/** The id of a new user is known only at the end. */
export const creationsOf = async (db: Kysely<Schema>, userId: string): Promise<string[]> => {
  const found = db.selectFrom('audit').select('operation_id').where('user_id', '=', userId).where('kind', '=', 'end')
  const rows = await found.where('action', '=', 'user.create').distinct().execute()
  return rows.map((row) => row.operation_id)
}

/** For operations as they were last known: those of these users and buckets, and of users who were to be theirs. */
export const isKnownWithin = (within: Within): RawBuilder<boolean> =>
  isWithin(within, { userId: sql`coalesce(e.user_id, b.user_id)`, bucket: sql`b.bucket`, email: emailIn('b') })

/** Of a user who was to be created. */
export const emailIn = (row: string) =>
  sql`case when ${sql.ref(`${row}.action`)} = 'user.create' then ${sql.ref(`${row}.target`)} end`

const AND = sql` and `
type Condition = RawBuilder<unknown>

/** What the first row of an operation says for good. */
const begunAs = (
  { cluster, operationId, actor, actions, userId, bucket, from, to }: AuditFilter,
  created: readonly string[],
): Condition[] => [
  sql`(cluster_id = ${cluster} or cluster_id is null)`,
  ...(operationId === undefined ? [] : [sql`operation_id = ${operationId}`]),
  ...(actor === undefined ? [] : [sql`actor = ${actor}`]),
  ...(actions === undefined ? [] : [sql`action in (${sql.join(actions)})`]),
  ...(userId === undefined ? [] : [ofUser(userId, created)]),
  ...(bucket === undefined ? [] : [sql`bucket = ${bucket}`]),
  ...(from === undefined ? [] : [sql`"at" >= ${from}`]),
  ...(to === undefined ? [] : [sql`"at" < ${to}`]),
]

const ofUser = (userId: string, created: readonly string[]): Condition =>
  created.length === 0 ? sql`user_id = ${userId}` : sql`(user_id = ${userId} or operation_id in (${sql.join(created)}))`

/** What its last row may say anew. */
const knownAs = ({ outcome, search, within }: AuditFilter, said: Said): Condition[] => [
  ...(within === undefined ? [] : [isKnownWithin(within)]),
  ...(outcome === undefined ? [] : [sql`coalesce(e.outcome, b.outcome) = ${outcome}`]),
  ...(search === undefined || search === '' ? [] : [holding(search, said)]),
]

/** From where to where the rows of the operations of a stretch stand. */
type Said = { start: bigint; last: bigint }

const LINE = '\n'
const SAID = sql`concat_ws(${LINE}, b.actor, coalesce(e.target, b.target), coalesce(e.user_id, b.user_id), b.bucket,
  coalesce(e.detail, b.detail), b."before", coalesce(e."after", b."after"))`

// An operation id has a collation of its own, under which PostgreSQL would not know the letters of the others.
const holding = (text: string, { start, last }: Said): Condition =>
  sql`(strpos(lower(${SAID}), lower(${text})) > 0 or strpos(b.operation_id, ${text.toLowerCase()}) > 0
    or b.operation_id in (select x.operation_id from audit as x join audit_origins as o on o.seq = x.seq
      where x.seq >= ${start} and x.seq <= ${last} and o.seq >= ${start} and o.seq <= ${last}
        and strpos(lower(concat_ws(${LINE}, o.address, o.request_ids)), lower(${text})) > 0))`

import { randomUUID } from 'node:crypto'
import { ACTIONS, type Action, AuditEntry, type AuditRecord, Outcome } from '@ostor-console/shared/audit'
import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { type Insertable, type Kysely, sql } from 'kysely'
import * as z from 'zod'
import { chained } from './audit-chain.ts'
import { failedOf, openOf, undecidedOf } from './audit-open.ts'
import { addOrigin, NO_ORIGIN, type Origin, originsOf } from './audit-origins.ts'
import { type AuditFilter, emailIn, type PageRow, pageOf } from './audit-page.ts'
import { reversibleOf } from './audit-undo.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { tellWhmcs } from './tell-whmcs.ts'
import { isWithin, type Within } from './within.ts'

export type Begin = {
  /** E-mail of the admin. */
  actor: string
  action: Action
  target: string
  /** Without it the entry belongs to the console itself. */
  cluster?: string | null
  userId?: string | null
  bucket?: string | null
  before?: AuditFields | null
  after?: AuditFields | null
  /** Chosen by whoever has to find the operation again after a crash. */
  operationId?: string
  /** Of whoever asked for it. */
  address?: string | null
}

/** What is known at the end; what is not said here stays as it was said at the beginning. */
export type End = {
  outcome: Outcome
  after?: AuditFields
  detail?: string
  target?: string
  userId?: string
  /** Under which the gateway answered the writes. */
  requestIds?: readonly string[]
}

export type AuditQuery = Omit<AuditFilter, 'operationId'> & { before?: string | undefined; limit: number }

const MOST_ACTORS = 500
const EXPORTED_AT_ONCE = 2_000

type Change = (tx: Kysely<Schema>) => Promise<unknown>
type Operations = Record<'open' | 'undecided' | 'failed', AuditEntry[]>

export type Audit = ReturnType<typeof auditOf>

export class AlreadyThere extends Error {
  override name = 'AlreadyThere'
  override message = 'there is such a row of this operation already'
}

const has = async (tx: Kysely<Schema>, kind: 'begin' | 'end', operationId: string): Promise<boolean> => {
  const found = await tx
    .selectFrom('audit')
    .select('seq')
    .where('operation_id', '=', operationId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return found !== undefined
}

/** Append-only: an operation is one row when it begins and one more for each time something was learned about it. */
export const auditOf = (store: Pick<Store, 'db' | 'engine'>, { now = () => new Date() }: { now?: () => Date } = {}) => {
  const { db } = store
  const append = (
    row: Insertable<Schema['audit']>,
    origin: Partial<Origin>,
    { onlyFirst = false, change }: { onlyFirst?: boolean; change?: Change | undefined } = {},
  ): Promise<void> =>
    chained(store, async (tx) => {
      if (onlyFirst && (await has(tx, row.kind, row.operation_id))) throw new AlreadyThere()
      await change?.(tx)
      const { seq } = await tx.insertInto('audit').values(row).returning('seq').executeTakeFirstOrThrow()
      await addOrigin(tx, seq, origin)
      await tellWhmcs(tx, row, seq)
      return [seq]
    })

  const add = async (entry: Begin, outcome: Outcome, detail: string | null, change?: Change): Promise<string> => {
    const { operationId = randomUUID() } = entry
    const row = {
      at: now(),
      operation_id: operationId,
      kind: 'begin',
      actor: entry.actor,
      action: entry.action,
      cluster_id: entry.cluster ?? null,
      user_id: entry.userId ?? null,
      bucket: entry.bucket ?? null,
      target: entry.target,
      before: json(entry.before),
      after: json(entry.after),
      outcome,
      detail,
    } as const
    const onlyFirst = entry.operationId !== undefined
    await append(row, { address: entry.address ?? null }, { onlyFirst, change }).catch((error: unknown) => {
      throw error instanceof AlreadyThere ? problem('asked-already') : error
    })
    return operationId
  }

  const recordsOf = async (rows: PageRow[]): Promise<AuditRecord[]> => {
    const origins = await originsOf(
      db,
      rows.map((row) => row.operation_id),
    )
    return rows.map((row) => entryOf(row, origins.get(row.operation_id)))
  }

  const entriesOf = async (cluster: string, rows: PageRow[]): Promise<AuditEntry[]> => {
    const entries = await recordsOf(rows)
    const { undo, repeat } = await reversibleOf(db, cluster, entries)
    return entries.map((entry) => ({ ...entry, canUndo: undo.has(entry.id), canRepeat: repeat.has(entry.id) }))
  }

  return {
    /** Resolves to the id of the operation, once the entry is on disk. Rejects with `asked-already` when the chosen id is taken. */
    begin: (entry: Begin): Promise<string> => add(entry, 'started', null),

    /**
     * An operation that was over as soon as it began. With `change`, what it changed in the store is there when the entry is,
     * and neither is when `change` rejects.
     */
    record: (entry: Begin & { outcome: Outcome; detail?: string | null }, change?: Change): Promise<string> =>
      add(entry, entry.outcome, entry.detail ?? null, change),

    /** With `onlyFirst`, rejects with `AlreadyThere` when something was learned about it before. */
    async end(
      id: string,
      { outcome, after, detail, target, userId, requestIds = [] }: End,
      { onlyFirst = false }: { onlyFirst?: boolean } = {},
    ): Promise<void> {
      const { seq: _, ...begun } = await db
        .selectFrom('audit')
        .selectAll()
        .where('operation_id', '=', id)
        .where('kind', '=', 'begin')
        .executeTakeFirstOrThrow()
      await append(
        {
          ...begun,
          at: now(),
          kind: 'end',
          user_id: userId ?? begun.user_id,
          target: target ?? begun.target,
          after: json(after) ?? begun.after,
          outcome,
          detail: detail ?? null,
        },
        { requestIds: [...requestIds] },
        { onlyFirst },
      )
    },

    /** Newest operation first, each as it was last known. `next` goes on where this page ends. */
    async list({ before, limit, ...filter }: AuditQuery): Promise<{ items: AuditEntry[]; next: string | null }> {
      const rows = await pageOf(db, filter, { before: cursor(before), limit: limit + 1 })
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      const items = await entriesOf(filter.cluster, shown)
      return { items, next: rows.length > limit && last ? String(last.seq) : null }
    },

    /** All that a filter shows up to a row, newest first, some thousand entries at a time. */
    async *all(filter: AuditFilter, upTo: bigint): AsyncGenerator<AuditRecord[]> {
      for (let before: bigint | null = upTo + 1n; before !== null; ) {
        const rows: PageRow[] = await pageOf(db, filter, { before, limit: EXPORTED_AT_ONCE })
        yield await recordsOf(rows)
        before = rows.length < EXPORTED_AT_ONCE ? null : (rows.at(-1)?.seq ?? null)
      }
    },

    /** Everybody who did something in the cluster or to the console, in order. */
    async actors(cluster: string, within?: Within): Promise<string[]> {
      const rows = await db
        .selectFrom('audit')
        .select('actor')
        .distinct()
        .where((eb) => eb.or([eb('cluster_id', '=', cluster), eb('cluster_id', 'is', null)]))
        .$if(within !== undefined, (query) => query.where(within ? theirs(within) : sql<boolean>`true`))
        .orderBy('actor')
        .limit(MOST_ACTORS)
        .execute()
      return rows.map(({ actor }) => actor)
    },

    /** One row as it is stored, by its place. */
    at: (seq: bigint) => db.selectFrom('audit').selectAll().where('seq', '=', seq).executeTakeFirst(),

    /** What is not settled, and what did not come about since an instant; the newest first but for what is open. */
    async operations(cluster: string, since: Date, within?: Within): Promise<Operations> {
      const [open, undecided, failed] = await Promise.all(
        [
          openOf(db, cluster, within),
          undecidedOf(db, cluster, since, within),
          failedOf(db, cluster, since, within),
        ].map(async (rows) => entriesOf(cluster, await rows)),
      )
      return { open: (open ?? []).toReversed(), undecided: undecided ?? [], failed: failed ?? [] }
    },

    /** The place of the newest row; it changes with whatever is written. */
    async lastSeq(): Promise<bigint> {
      const row = await db
        .selectFrom('audit')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .executeTakeFirst()
      return row?.seq ?? 0n
    },

    /** The same of what is theirs, behind a place; `null` when there is nothing new. */
    async lastSeqWithin(within: Within, cluster: string, after: bigint): Promise<bigint | null> {
      const row = await db
        .selectFrom('audit')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .where('seq', '>', after)
        .where('cluster_id', '=', cluster)
        .where(theirs(within))
        .executeTakeFirst()
      return row?.seq ?? null
    },

    async find(cluster: string, operationId: string): Promise<AuditEntry | null> {
      const rows = await pageOf(db, { cluster, operationId }, { before: null, limit: 1 })
      const [entry = null] = await entriesOf(cluster, rows)
      return entry
    },
  }
}

const theirs = (within: Within) =>
  isWithin(within, { userId: sql.ref('user_id'), bucket: sql.ref('bucket'), email: emailIn('audit') })

const cursor = (before: string | undefined): bigint | null => {
  if (before === undefined) return null
  if (/^\d{1,18}$/.test(before)) return BigInt(before)
  const errors = [{ pointer: '/query/before', detail: said`must be the \`next\` of a page` }]
  throw problem('request-invalid', { errors })
}

const json = (fields: AuditFields | null | undefined) => (fields ? JSON.stringify(fields) : null)

const Stored = z.object({
  action: z.enum(ACTIONS),
  outcome: Outcome,
  before: AuditEntry.shape.before,
  after: AuditEntry.shape.after,
})

const entryOf = (row: PageRow, { address, requestIds } = NO_ORIGIN): AuditRecord => ({
  id: row.operation_id,
  at: row.at.toISOString(),
  actor: row.actor,
  cluster: row.cluster_id,
  userId: row.user_id,
  bucket: row.bucket,
  target: row.target,
  detail: row.detail,
  address,
  requestIds,
  ...Stored.parse({ ...row, before: fields(row.before), after: fields(row.after) }),
})

const fields = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

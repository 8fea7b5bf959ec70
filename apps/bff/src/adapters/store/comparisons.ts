import type { Action, Outcome } from '@ostor-console/shared/audit'
import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { UserState } from '@ostor-console/shared/users'
import { type Kysely, type Selectable, sql } from 'kysely'
import * as z from 'zod'
import { appendRows } from './append-rows.ts'
import { chained } from './audit-chain.ts'
import { enterOutside, type OutsideChange } from './audit-outside.ts'
import { AS_KNOWN, type PageRow } from './audit-page.ts'
import { isUndecided } from './audit-unseen.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

/** How a user stands at the gateway, as far as a list tells. */
export type Standing = { isThere: boolean; email: string; state: UserState; keyIds: readonly string[] | null }

export type Sighting = Standing & {
  userId: string
  seenAt: Date
  /** When it was looked at before; `null` the first time. */
  wasSoAt: Date | null
  /** What stands later in the audit is not in here. */
  auditSeq: bigint
}

/** What the console did to a user, as it was last known. */
export type OwnOperation = {
  operationId: string
  actor: string
  action: Action
  userId: string | null
  target: string
  before: AuditFields | null
  after: AuditFields | null
  outcome: Outcome
  /** Nothing more can be learned of it. */
  isUndecided: boolean
  begunAt: Date
  knownAt: Date
  lastSeq: bigint
}

/** `change` is `null` for what is no news, or was done by the console. */
export type Found = { sighting: Sighting; change: OutsideChange | null }

export type Comparison = {
  comparedAt: Date
  auditSeq: bigint
  /** Of the last comparison that could look at every user, this one or one before. */
  settledSeq: bigint
  settledAt: Date
  users: number
  changes: number
}

const isLater = (one: Sighting, other: Sighting): boolean =>
  one.auditSeq === other.auditSeq ? one.seenAt > other.seenAt : one.auditSeq > other.auditSeq

export type Comparisons = ReturnType<typeof comparisonsOf>

/** What comparisons with the gateway found: how each user stood, whenever that was something new. */
export const comparisonsOf = (store: Pick<Store, 'db' | 'engine'>) => {
  const { db } = store
  return {
    async last(cluster: string): Promise<Comparison | null> {
      const row = await db
        .selectFrom('comparisons')
        .selectAll()
        .where('cluster_id', '=', cluster)
        .orderBy('audit_seq', 'desc')
        .orderBy('compared_at', 'desc')
        .limit(1)
        .executeTakeFirst()
      if (!row) return null
      return {
        comparedAt: row.compared_at,
        auditSeq: row.audit_seq,
        settledSeq: row.settled_seq,
        settledAt: row.settled_at,
        users: Number(row.users),
        changes: Number(row.changes),
      }
    },

    /** The last sighting of every user that was ever seen. */
    async known(cluster: string): Promise<Map<string, Sighting>> {
      const rows = await db.selectFrom('user_sightings').selectAll().where('cluster_id', '=', cluster).execute()
      const known = new Map<string, Sighting>()
      for (const row of rows) {
        const before = known.get(row.user_id)
        // By the order of the audit first: a clock may have been ahead.
        if (!before || isLater(sightingOf(row), before)) known.set(row.user_id, sightingOf(row))
      }
      return known
    },

    /** What was done to users of which something was learned behind `afterSeq`, or that began at `since` or later. */
    async operations(cluster: string, afterSeq: bigint, since: Date): Promise<OwnOperation[]> {
      const { rows } = await sql<KnownRow>`
        with begun as (
          select *, (select max(l.seq) from audit as l
            where l.operation_id = audit.operation_id and l.kind = 'end') as last_seq
          from audit where kind = 'begin' and cluster_id = ${cluster}
            and (action like 'user.%' or action like 'key.%') and action not like '%-outside'
            and ("at" >= ${since} or operation_id in (select n.operation_id from audit as n where n.seq > ${afterSeq}))
        )
        select ${AS_KNOWN}, coalesce(b.last_seq, b.seq) as last_seq, coalesce(e."at", b."at") as known_at
        from begun as b left join audit as e on e.seq = b.last_seq order by last_seq`.execute(db)
      return rows.map(operationOf)
    },

    /**
     * Some of what a comparison found: all of it or nothing. A user whom another process saw anew since `known` was read is
     * passed over, so that no change is entered twice; answers how many were.
     */
    async record(cluster: string, found: readonly Found[], known: ReadonlyMap<string, Sighting>): Promise<number> {
      let passed = 0
      await chained(store, async (tx) => {
        const seen = await lastSeen(
          tx,
          cluster,
          found.map(({ sighting }) => sighting.userId),
        )
        const fresh = found.filter(({ sighting: { userId } }) => isSameSight(seen.get(userId), known.get(userId)))
        passed = found.length - fresh.length
        await appendRows(
          tx,
          'user_sightings',
          fresh.map(({ sighting }) => rowOf(cluster, sighting)),
        )
        const changes = fresh.flatMap(({ sighting, change }) => (change ? [{ ...change, at: sighting.seenAt }] : []))
        return enterOutside(tx, cluster, changes)
      })
      return passed
    },

    async finish(cluster: string, { users, changes, ...run }: Comparison): Promise<void> {
      const { comparedAt: compared_at, auditSeq: audit_seq, settledSeq: settled_seq, settledAt: settled_at } = run
      const row = { cluster_id: cluster, compared_at, audit_seq, settled_seq, settled_at }
      await db
        .insertInto('comparisons')
        .values({ ...row, users: BigInt(users), changes: BigInt(changes) })
        .execute()
    },
  }
}

type Sight = Pick<Sighting, 'seenAt' | 'auditSeq'>

const isSameSight = (one: Sight | undefined, other: Sight | undefined): boolean =>
  one?.auditSeq === other?.auditSeq && one?.seenAt.getTime() === other?.seenAt.getTime()

/** When some users were last seen. */
const lastSeen = async (
  tx: Kysely<Schema>,
  cluster: string,
  userIds: readonly string[],
): Promise<Map<string, Sight>> => {
  const { rows } = await sql<{ user_id: string; seen_at: Date; audit_seq: bigint }>`
    select user_id, seen_at, audit_seq from (
      select *, row_number() over (partition by user_id order by audit_seq desc, seen_at desc) as place
      from user_sightings where cluster_id = ${cluster} and user_id = any(${userIds}::text[])
    ) as seen where place = 1`.execute(tx)
  return new Map(rows.map((row) => [row.user_id, { seenAt: row.seen_at, auditSeq: row.audit_seq }]))
}

const BETWEEN = ', '

const Stored = z.record(z.string(), z.string()).nullable()
const fieldsOf = (text: string | null): AuditFields | null => Stored.parse(text === null ? null : JSON.parse(text))

type SightingRow = Omit<Selectable<Schema['user_sightings']>, 'cluster_id'>

export const sightingOf = (row: SightingRow): Sighting => ({
  userId: row.user_id,
  seenAt: row.seen_at,
  wasSoAt: row.was_so_at,
  isThere: row.is_there,
  email: row.email,
  state: UserState.catch('unknown').parse(row.state),
  keyIds: row.key_ids === null ? null : row.key_ids.split(BETWEEN).filter((id) => id !== ''),
  auditSeq: row.audit_seq,
})

const rowOf = (cluster: string, seen: Sighting): SightingRow & { cluster_id: string } => ({
  cluster_id: cluster,
  user_id: seen.userId,
  seen_at: seen.seenAt,
  was_so_at: seen.wasSoAt,
  is_there: seen.isThere,
  email: seen.email,
  state: seen.state,
  key_ids: seen.keyIds?.join(BETWEEN) ?? null,
  audit_seq: seen.auditSeq,
})

export type KnownRow = PageRow & { last_seq: bigint; known_at: Date }

export const operationOf = (row: KnownRow): OwnOperation => ({
  operationId: row.operation_id,
  actor: row.actor,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Only the console writes into its audit.
  action: row.action as Action,
  userId: row.user_id,
  target: row.target,
  before: fieldsOf(row.before),
  after: fieldsOf(row.after),
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- As above.
  outcome: row.outcome as Outcome,
  isUndecided: isUndecided(row.detail),
  begunAt: row.at,
  knownAt: row.known_at,
  lastSeq: row.last_seq,
})

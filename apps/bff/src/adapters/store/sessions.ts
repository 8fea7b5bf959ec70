import { createHash } from 'node:crypto'
import { callbackify } from 'node:util'
import type { Session } from 'fastify'
import { LRUCache } from 'lru-cache'
import * as z from 'zod'
import { readingOnce } from './reading-once.ts'
import type { Store } from './store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const IDLE_MS = 30 * MINUTE
const LONGEST_MS = 8 * HOUR
const CACHED_MS = 1_000
// Ended rows outlive every request that may still be under way, so that none of them can bring its session back.
const KEPT_MS = 24 * HOUR

export type SessionRecord = {
  id: string
  startedAt: Date
  lastSeenAt: Date
  endsAt: Date
  address: string | null
  browser: string | null
  isThis: boolean
}

type Row = { data: string; last_seen_at: Date; expires_at: Date; role: string | null; generation: bigint | null }

const Kept = z.object({
  admin: z.object({ id: z.string(), role: z.string() }).optional(),
  startedAt: z.number().optional(),
  generation: z.number().optional(),
  from: z.object({ address: z.string(), browser: z.string() }).optional(),
})

/**
 * The store of @fastify/session. Ids are kept as SHA-256. A session ends 30 minutes after its last request, 8 hours
 * after it began, when it is destroyed, or when its admin is disabled or gets another role; nothing brings it back.
 */
export const sessionStore = ({ db }: Pick<Store, 'db'>, { now = () => new Date() }: { now?: () => Date } = {}) => {
  const cache = new LRUCache<string, Row>({ max: 10_000, ttl: CACHED_MS, ttlResolution: 0 })
  let changes = 0
  let sweptAt = 0

  /** A read that began before a change and ended after it is neither cached nor shared. */
  const forget = () => {
    changes += 1
    cache.clear()
    once.forget()
  }

  const changing = async <T>(work: () => Promise<T>): Promise<T> => {
    forget()
    try {
      return await work()
    } finally {
      forget()
    }
  }

  const read = async (id: string): Promise<Row | undefined> => {
    const seen = changes
    const row = await db
      .selectFrom('sessions')
      .leftJoin('admins', 'admins.id', 'sessions.admin_id')
      .leftJoin('admin_roles', 'admin_roles.admin_id', 'sessions.admin_id')
      .select(['data', 'last_seen_at', 'expires_at', 'role', 'generation'])
      .where('id_hash', '=', id)
      .where('ended_at', 'is', null)
      .where('admins.disabled_at', 'is', null)
      .executeTakeFirst()
    if (!row || !isOfNow(row)) return undefined
    if (seen === changes) cache.set(id, row)
    return row
  }

  /** When it is looked up anew, a page's many requests would else read the same row one after the other. */
  const once = readingOnce(read)

  const touch = (id: string, at: Date) =>
    db
      .updateTable('sessions')
      .set({ last_seen_at: at })
      .where('id_hash', '=', id)
      .where('ended_at', 'is', null)
      .where('last_seen_at', '<', at)
      .execute()

  const get = async (sessionId: string): Promise<Session | null> => {
    const id = hashOf(sessionId)
    const row = cache.get(id) ?? (await once.read(id))
    const at = now()
    if (!row || at >= row.expires_at || at.getTime() - row.last_seen_at.getTime() >= IDLE_MS) return null
    if (at.getTime() - row.last_seen_at.getTime() >= MINUTE) {
      row.last_seen_at = at
      await touch(id, at)
    }
    return JSON.parse(row.data)
  }

  const sweep = async (): Promise<void> => {
    sweptAt = now().getTime()
    await db
      .deleteFrom('sessions')
      .where('expires_at', '<', new Date(sweptAt - KEPT_MS))
      .execute()
  }

  const set = async (sessionId: string, session: Session): Promise<void> => {
    const at = now()
    const data = JSON.stringify(session)
    const { admin, startedAt } = Kept.parse(JSON.parse(data))
    const expiresAt = new Date((startedAt ?? at.getTime()) + LONGEST_MS)
    // The plugin stores an empty session before anybody is signed in to it.
    const end = startedAt === undefined ? {} : { expires_at: expiresAt }
    const row = { data, admin_id: admin?.id ?? null, last_seen_at: at, ...end }
    const fresh = { created_at: at, expires_at: expiresAt, ended_at: null }
    await changing(() =>
      db
        .insertInto('sessions')
        .values({ id_hash: hashOf(sessionId), ...fresh, ...row })
        .onConflict((conflict) =>
          conflict
            .column('id_hash')
            .doUpdateSet(row)
            .where('sessions.ended_at', 'is', null)
            .where('sessions.expires_at', '>', at)
            .where('sessions.last_seen_at', '>', new Date(at.getTime() - IDLE_MS)),
        )
        .execute(),
    )
    if (at.getTime() - sweptAt >= HOUR) await sweep()
  }

  const openOf = (adminId: string) =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('admin_id', '=', adminId)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now())
      .where('last_seen_at', '>', new Date(now().getTime() - IDLE_MS))
      .orderBy('last_seen_at', 'desc')

  const end = (adminId: string) =>
    db.updateTable('sessions').set({ ended_at: now() }).where('admin_id', '=', adminId).where('ended_at', 'is', null)

  const destroy = async (sessionId: string): Promise<void> => {
    const ended = db.updateTable('sessions').set({ ended_at: now() }).where('id_hash', '=', hashOf(sessionId))
    await changing(() => ended.where('ended_at', 'is', null).execute())
  }

  return {
    /** Under which the others below name a session. */
    idOf: hashOf,
    get: callbackify(get),
    set: callbackify(set),
    destroy: callbackify(destroy),
    /**
     * Signs the admin out everywhere. Other processes follow within a second. A sign-in that is under way counts as one
     * of before; answers the generation of what comes after.
     */
    endAllOf: (adminId: string): Promise<number> =>
      changing(async () => {
        const admin = await db
          .updateTable('admins')
          .set(({ eb }) => ({ generation: eb('generation', '+', 1n) }))
          .where('id', '=', adminId)
          .returning('generation')
          .executeTakeFirst()
        await end(adminId).execute()
        return Number(admin?.generation ?? 0)
      }),
    /** All but this one. */
    async endOthersOf(adminId: string, sessionId: string): Promise<void> {
      await changing(() => end(adminId).where('id_hash', '!=', hashOf(sessionId)).execute())
    },
    /** Ends one, which is named by its hash, if it belongs to this admin and is open. */
    async endOf(adminId: string, idHash: string): Promise<boolean> {
      const ended = end(adminId).where('id_hash', '=', idHash).returning('id_hash')
      return (await changing(() => ended.execute())).length > 0
    },
    /** The open ones, the last used first, named by their hash; `isThis` is the one with that id. */
    async listOf(adminId: string, sessionId: string): Promise<SessionRecord[]> {
      const rows = await openOf(adminId).execute()
      return rows.map((row) => {
        const { from, startedAt } = Kept.parse(JSON.parse(row.data))
        return {
          id: row.id_hash,
          startedAt: new Date(startedAt ?? row.created_at),
          lastSeenAt: row.last_seen_at,
          endsAt: row.expires_at,
          address: from?.address ?? null,
          browser: from?.browser ?? null,
          isThis: row.id_hash === hashOf(sessionId),
        }
      })
    },
    /** Removes what ended a day ago or longer; runs by itself once an hour when sessions are written. */
    sweep,
  }
}

export type Sessions = ReturnType<typeof sessionStore>

/** A sign-in that was under way while the role changed, or all sessions ended, would otherwise outlive that. */
const isOfNow = ({ data, role, generation }: Row): boolean => {
  const { admin, generation: own = 0 } = Kept.parse(JSON.parse(data))
  if (admin === undefined) return true
  return admin.role === (role ?? 'admin') && own === Number(generation ?? own)
}

const hashOf = (sessionId: string) => createHash('sha256').update(sessionId).digest('base64url')

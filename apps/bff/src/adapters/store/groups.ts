import { randomUUID } from 'node:crypto'
import type { GroupName } from '@ostor-console/shared/groups'
import { problem } from '@ostor-console/shared/problem'
import { type Kysely, type Selectable, sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import { listed } from './listed.ts'
import { readingOnce } from './reading-once.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

export type GroupRecord = GroupName & { domains: string[]; added: number }
/** The users of a group: who was added, and who has such an e-mail. */
export type GroupOfUsers = GroupName & { domains: string[]; userIds: ReadonlySet<string> }
/** Whom somebody's role is limited to; of no group at all it is nobody. */
export type Limit = { groups: GroupOfUsers[] }
export type Groups = ReturnType<typeof groupsOf>

type Draft = { name: string; domains: readonly string[] }

const CACHED_MS = 1_000

/** Groups of users, and who is limited to which. What one process changes, others go by within a second. */
export const groupsOf = ({ db, transaction }: Pick<Store, 'db' | 'transaction'>) => {
  const cache = new LRUCache<string, { limit: Limit | null }>({ max: 1_000, ttl: CACHED_MS, ttlResolution: 0 })
  let changes = 0

  /** A read that began before a change and ended after it is neither cached nor shared. */
  const changing = async <T>(work: (tx: Kysely<Schema>) => Promise<T>): Promise<T> => {
    changes += 1
    once.forget()
    try {
      return await transaction(work)
    } finally {
      changes += 1
      cache.clear()
      once.forget()
    }
  }

  const readLimit = async (adminId: string): Promise<Limit | null> => {
    const of = await db.selectFrom('admin_limits').select('group_id').where('admin_id', '=', adminId).execute()
    if (of.length === 0) return null
    const ids = of.map(({ group_id }) => group_id)
    const groups = await db.selectFrom('user_groups').selectAll().where('id', 'in', ids).orderBy('name').execute()
    return { groups: await Promise.all(groups.map(async (row) => ({ ...nameOf(row), ...(await usersOf(db, row)) }))) }
  }

  const once = readingOnce(readLimit)

  return {
    /** Of all clusters, or of one, in the order of their names. */
    async list(cluster?: string): Promise<GroupRecord[]> {
      const rows = await db
        .selectFrom('user_groups')
        .leftJoin('user_group_members as m', 'm.group_id', 'user_groups.id')
        .select(['id', 'cluster_id', 'name', 'domains', 'created_at'])
        .select(({ fn }) => fn.count<bigint>('m.user_id').as('added'))
        .$if(cluster !== undefined, (query) => query.where('cluster_id', '=', cluster ?? ''))
        .groupBy(['id', 'cluster_id', 'name', 'domains', 'created_at'])
        .execute()
      return rows
        .map((row) => ({ ...nameOf(row), domains: domainsOf(row), added: Number(row.added) }))
        .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || a.cluster.localeCompare(b.cluster))
    },

    /** Throws `group-not-found`. */
    async find(cluster: string, id: string): Promise<GroupOfUsers> {
      const row = await one(db, cluster, id)
      return { ...nameOf(row), ...(await usersOf(db, row)) }
    },

    /** Throws `group-exists`, in whatever letter case the cluster has one of this name. */
    create: (cluster: string, { name, domains }: Draft): Promise<string> =>
      changing(async (tx) => {
        await refuseTaken(tx, cluster, name)
        const row = { id: randomUUID(), cluster_id: cluster, name, domains: domains.join(','), created_at: new Date() }
        await tx.insertInto('user_groups').values(row).execute()
        return row.id
      }),

    /** Throws `group-not-found` and `group-exists`. */
    change: (cluster: string, id: string, { name, domains }: Draft): Promise<void> =>
      changing(async (tx) => {
        await one(tx, cluster, id)
        await refuseTaken(tx, cluster, name, id)
        await tx
          .updateTable('user_groups')
          .set({ name, domains: domains.join(',') })
          .where('id', '=', id)
          .execute()
      }),

    /** Whoever is limited to it stays so, to one group less. */
    remove: (id: string): Promise<void> =>
      changing(async (tx) => {
        await tx.deleteFrom('user_groups').where('id', '=', id).execute()
        await tx.deleteFrom('user_group_members').where('group_id', '=', id).execute()
      }),

    add: (cluster: string, id: string, userIds: ReadonlySet<string>): Promise<void> =>
      changing(async (tx) => {
        await one(tx, cluster, id)
        await sql`insert into user_group_members (group_id, user_id)
          select ${id}::text, u.user_id from ${listed(userIds)} as u (user_id) on conflict do nothing`.execute(tx)
      }),

    takeOut: (id: string, userIds: readonly string[]): Promise<void> =>
      changing(async (tx) => {
        const of = tx.deleteFrom('user_group_members').where('group_id', '=', id)
        await of.where('user_id', 'in', userIds).execute()
      }),

    /** The ids of the groups that each admin is limited to, gone ones among them. */
    async limits(): Promise<Map<string, string[]>> {
      const limits = new Map<string, string[]>()
      for (const { admin_id, group_id } of await db.selectFrom('admin_limits').selectAll().execute())
        limits.set(admin_id, [...(limits.get(admin_id) ?? []), group_id])
      return limits
    },

    /** `null` for somebody who is not limited. */
    async limitOf(adminId: string): Promise<Limit | null> {
      const known = cache.get(adminId)
      if (known) return known.limit
      const seen = changes
      const limit = await once.read(adminId)
      if (seen === changes) cache.set(adminId, { limit })
      return limit
    },

    /** `null` takes the limit away. Throws `group-not-found` and changes nothing. */
    setLimit: (adminId: string, groupIds: readonly string[] | null): Promise<void> =>
      changing(async (tx) => {
        const wanted = [...new Set(groupIds ?? [])]
        if (wanted.length > 0) {
          const found = await tx.selectFrom('user_groups').select('id').where('id', 'in', wanted).execute()
          if (found.length < wanted.length) throw problem('group-not-found')
        }
        const old = tx.deleteFrom('admin_limits').where('admin_id', '=', adminId)
        await (wanted.length > 0 ? old.where('group_id', 'not in', wanted) : old).execute()
        if (wanted.length === 0) return
        const rows = wanted.map((group_id) => ({ admin_id: adminId, group_id }))
        await tx
          .insertInto('admin_limits')
          .values(rows)
          .onConflict((of) => of.doNothing())
          .execute()
      }),
  }
}

type Row = Selectable<Schema['user_groups']>

const nameOf = ({ id, name, cluster_id: cluster }: Row): GroupName => ({ id, name, cluster })

const domainsOf = ({ domains }: Row): string[] => domains.split(',').filter((domain) => domain !== '')

const usersOf = async (db: Kysely<Schema>, row: Row) => {
  const rows = await db.selectFrom('user_group_members').select('user_id').where('group_id', '=', row.id).execute()
  return { domains: domainsOf(row), userIds: new Set(rows.map((each) => each.user_id)) }
}

const one = async (db: Kysely<Schema>, cluster: string, id: string): Promise<Row> => {
  const of = db.selectFrom('user_groups').selectAll().where('cluster_id', '=', cluster)
  const row = await of.where('id', '=', id).executeTakeFirst()
  if (!row) throw problem('group-not-found')
  return row
}

const refuseTaken = async (db: Kysely<Schema>, cluster: string, name: string, but = ''): Promise<void> => {
  const same = db.selectFrom('user_groups').select('id').where('cluster_id', '=', cluster).where('id', '!=', but)
  const found = await same.where(sql<boolean>`lower(name) = lower(${name})`).executeTakeFirst()
  if (found) throw problem('group-exists')
}

import { createHash, randomUUID } from 'node:crypto'
import { problem } from '@ostor-console/shared/problem'
import { type Role, roleNames } from '@ostor-console/shared/roles'
import { type Kysely, type SqlBool, sql } from 'kysely'
import * as z from 'zod'
import type { Schema } from './schema.ts'
import { IDLE_MS } from './sessions.ts'
import type { Store } from './store.ts'

export type AdminRecord = {
  id: string
  email: string
  role: Role
  /** `null` until a password was chosen, and where somebody signs in without one. */
  passwordHash: string | null
  createdAt: Date
  disabledAt: Date | null
  /** Comes in by single sign-on. */
  bySingleSignOn: boolean
  /** How often all sessions were ended; one that began before is none any more. */
  generation: number
}
export type PersonRecord = AdminRecord & {
  hasApp: boolean
  passkeys: number
  lastSeenAt: Date | null
  sessions: number
  linkExpiresAt: Date | null
}
export type Admins = ReturnType<typeof adminsOf>
type Link = { code: string; madeBy: string; expiresAt: Date }

/** The column takes no null; no hash of a password is empty. */
export const NO_PASSWORD = ''
const RoleOfRow = z.enum(roleNames)

/** Admins from before there were roles have none, and may do everything. */
export const roleOf = (stored: string | null): Role => RoleOfRow.parse(stored ?? 'admin')

/** Who may sign in. A disabled admin is not found, but still counts, so that the setup does not open again. */
export const adminsOf = (store: Pick<Store, 'db' | 'transaction'>) => {
  const { db, transaction } = store

  return {
    async count(): Promise<number> {
      const { n } = await db
        .selectFrom('admins')
        .select(({ fn }) => fn.countAll<bigint>().as('n'))
        .executeTakeFirstOrThrow()
      return Number(n)
    },

    /** Rejects with `admin-exists`, in whatever letter case the e-mail exists. */
    async create({ role = 'admin', ...admin }: Omit<New, 'role'> & { role?: Role }): Promise<AdminRecord> {
      const created = await transaction((tx) => insert(tx, { ...admin, role }))
      if (!created) throw problem('admin-exists')
      return created
    },

    async findByEmail(email: string): Promise<AdminRecord | null> {
      const found = await rows(db)
        .where('email_lower', '=', lower(email))
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      return found ? recordOf(found) : null
    },

    async findById(id: string): Promise<AdminRecord | null> {
      const found = await one(db, id)
      return found && found.disabledAt === null ? found : null
    },

    /** Everybody, the oldest first. */
    async list(at: Date): Promise<PersonRecord[]> {
      const { rows: of } = await sql<RowOfPerson>`
        select a.*, r.role, l.expires_at as link_expires_at,
          exists (select 1 from single_sign_ons as o where o.admin_id = a.id) as by_single_sign_on,
          exists (select 1 from second_factors as f where f.admin_id = a.id) as has_app,
          (select count(*) from passkeys as p where p.admin_id = a.id) as passkeys, s.last_seen_at, coalesce(s.sessions, 0) as sessions
        from admins as a left join admin_roles as r on r.admin_id = a.id left join admin_links as l on l.admin_id = a.id
          and l.expires_at > ${at}
        left join (select admin_id, max(last_seen_at) as last_seen_at,
          count(*) filter (where ended_at is null and expires_at > ${at} and last_seen_at > ${new Date(at.getTime() - IDLE_MS)}) as sessions
          from sessions group by admin_id) as s on s.admin_id = a.id
        order by a.created_at, a.email_lower`.execute(db)
      return of.map((row) => ({
        ...recordOf(row),
        hasApp: row.has_app,
        passkeys: Number(row.passkeys),
        lastSeenAt: row.last_seen_at,
        sessions: Number(row.sessions),
        linkExpiresAt: row.link_expires_at,
      }))
    },

    /** Changes role, state or password. Rejects with `last-admin` when nobody would be left who may do everything. */
    async change(id: string, change: Change): Promise<AdminRecord> {
      return transaction((tx) => keepingAnAdmin(tx, () => apply(tx, id, change)))
    },

    /** The password of whoever has the code, which is then worth nothing; `null` when it already is. */
    async join(code: string, passwordHash: string, at: Date): Promise<AdminRecord | null> {
      return transaction(async (tx) => {
        const taken = await tx
          .deleteFrom('admin_links')
          .where('code_hash', '=', codeHashOf(code))
          .where('expires_at', '>', at)
          .returning('admin_id')
          .executeTakeFirst()
        const admin = taken ? await one(tx, taken.admin_id) : null
        if (!admin || admin.disabledAt !== null) return null
        await setPassword(tx, admin.id, passwordHash)
        return { ...admin, passwordHash }
      })
    },
  }
}

type New = { email: string; role: Role; passwordHash: string | null }
type Change = { role?: Role; enabled?: boolean; passwordHash?: string | null; link?: Link | null }

const apply = async (tx: Kysely<Schema>, id: string, change: Change): Promise<AdminRecord> => {
  const before = await one(tx, id)
  if (!before) throw problem('admin-not-found')
  if (change.role !== undefined) await setRole(tx, id, change.role)
  if (change.enabled !== undefined)
    await tx
      .updateTable('admins')
      .set({ disabled_at: change.enabled ? null : (before.disabledAt ?? new Date()) })
      .where('id', '=', id)
      .execute()
  if (change.passwordHash !== undefined) await setPassword(tx, id, change.passwordHash)
  if (change.link !== undefined) await setLink(tx, id, change.link)
  const after = await one(tx, id)
  if (!after) throw problem('admin-not-found')
  return after
}

type RowOfAdmin = {
  id: string
  email: string
  password_hash: string
  created_at: Date
  disabled_at: Date | null
  role: string | null
  generation: bigint
  by_single_sign_on: SqlBool
}
type RowOfPerson = RowOfAdmin & {
  has_app: boolean
  passkeys: bigint
  last_seen_at: Date | null
  sessions: bigint
  link_expires_at: Date | null
}

const insert = async (tx: Kysely<Schema>, { email, role, passwordHash }: New): Promise<AdminRecord | null> => {
  const id = randomUUID()
  const created = await tx
    .insertInto('admins')
    .values({
      id,
      email,
      email_lower: lower(email),
      password_hash: passwordHash ?? NO_PASSWORD,
      created_at: new Date(),
      disabled_at: null,
      generation: 0n,
    })
    .onConflict((conflict) => conflict.column('email_lower').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!created) return null
  await setRole(tx, id, role)
  return one(tx, id)
}

const codeHashOf = (code: string): string => createHash('sha256').update(code).digest('base64url')

const rows = (db: Kysely<Schema>) =>
  db
    .selectFrom('admins')
    .leftJoin('admin_roles', 'admin_roles.admin_id', 'admins.id')
    .selectAll('admins')
    .select('admin_roles.role')
    .select((eb) =>
      eb
        .exists(eb.selectFrom('single_sign_ons as o').select('o.admin_id').whereRef('o.admin_id', '=', 'admins.id'))
        .as('by_single_sign_on'),
    )

const one = async (db: Kysely<Schema>, id: string): Promise<AdminRecord | null> => {
  const found = await rows(db).where('admins.id', '=', id).executeTakeFirst()
  return found ? recordOf(found) : null
}

/** Who may do everything, and can sign in with what the console itself knows of them. */
const usable = async (tx: Kysely<Schema>): Promise<string[]> => {
  const owners = await tx.selectFrom('passkeys').select('admin_id').distinct().execute()
  const withPasskey = new Set(owners.map(({ admin_id }) => admin_id))
  const admins = (await rows(tx).execute()).map(recordOf)
  return admins
    .filter(({ role, disabledAt }) => role === 'admin' && disabledAt === null)
    .filter(({ id, passwordHash }) => passwordHash !== null || withPasskey.has(id))
    .map(({ id }) => id)
}

/** Rejects with `last-admin` when the work takes away the last one who may do everything and can sign in. */
export const keepingAnAdmin = async <T>(tx: Kysely<Schema>, work: () => Promise<T>): Promise<T> => {
  const before = await usable(tx)
  const done = await work()
  if (before.length > 0 && (await usable(tx)).length === 0) throw problem('last-admin')
  return done
}

const setRole = (tx: Kysely<Schema>, admin_id: string, role: Role) =>
  tx
    .insertInto('admin_roles')
    .values({ admin_id, role })
    .onConflict((conflict) => conflict.column('admin_id').doUpdateSet({ role }))
    .execute()

const setPassword = async (tx: Kysely<Schema>, id: string, hash: string | null): Promise<void> => {
  await tx
    .updateTable('admins')
    .set({ password_hash: hash ?? NO_PASSWORD })
    .where('id', '=', id)
    .execute()
  // A link to choose one is not for later.
  if (hash !== null) await setLink(tx, id, null)
}

const setLink = async (tx: Kysely<Schema>, admin_id: string, link: Link | null): Promise<void> => {
  await tx.deleteFrom('admin_links').where('admin_id', '=', admin_id).execute()
  if (link === null) return
  const { code, madeBy: made_by, expiresAt: expires_at } = link
  await tx
    .insertInto('admin_links')
    .values({ admin_id, code_hash: codeHashOf(code), made_by, expires_at })
    .execute()
}

const lower = (email: string) => email.normalize('NFC').toLowerCase()

const recordOf = (row: RowOfAdmin): AdminRecord => ({
  id: row.id,
  email: row.email,
  role: roleOf(row.role),
  passwordHash: row.password_hash === NO_PASSWORD ? null : row.password_hash,
  createdAt: row.created_at,
  disabledAt: row.disabled_at,
  bySingleSignOn: row.by_single_sign_on === true,
  generation: Number(row.generation),
})

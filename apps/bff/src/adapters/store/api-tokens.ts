import { problem } from '@ostor-console/shared/problem'
import { isTokenVerb, type Role, type TokenVerb } from '@ostor-console/shared/roles'
import { said } from '@ostor-console/shared/said'
import { MOST_TOKENS } from '@ostor-console/shared/tokens'
import type { Kysely, Selectable } from 'kysely'
import { roleOf } from './admins.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

/** Expired and revoked ones can be seen for so long, and are told apart from those that never were. */
const KEPT_MS = 30 * 86_400_000
const BETWEEN = ' '

export type TokenRecord = {
  /** SHA-256 of the token. */
  id: string
  owner: { id: string; email: string; role: Role; isDisabled: boolean }
  name: string
  hint: string
  verbs: TokenVerb[]
  addresses: string[]
  createdAt: Date
  expiresAt: Date
  lastUsedAt: Date | null
  lastUsedFrom: string | null
  revokedAt: Date | null
}

type New = Pick<TokenRecord, 'id' | 'name' | 'hint' | 'verbs' | 'addresses' | 'expiresAt'> & { adminId: string }

export type ApiTokens = ReturnType<typeof apiTokensOf>

/** What scripts sign in with, each with the role of its owner as it is now. */
export const apiTokensOf = (
  store: Pick<Store, 'db' | 'transaction'>,
  { now = () => new Date() }: { now?: () => Date } = {},
) => ({
  /** Rejects with `token-exists` when one of this name is in use, and with `too-many-tokens`. */
  create: ({ id, adminId, ...token }: New): Promise<void> =>
    store.transaction(async (tx) => {
      await sweep(tx, now())
      const inUse = await tx
        .selectFrom('api_tokens')
        .select('name')
        .where('admin_id', '=', adminId)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now())
        .execute()
      if (inUse.some(({ name }) => name === token.name)) throw problem('token-exists')
      if (inUse.length >= MOST_TOKENS)
        throw problem('too-many-tokens', { detail: said`${MOST_TOKENS} are in use. Revoke one that is not needed.` })
      await tx
        .insertInto('api_tokens')
        .values({
          id_hash: id,
          admin_id: adminId,
          name: token.name,
          hint: token.hint,
          verbs: token.verbs.join(BETWEEN),
          addresses: token.addresses.join(BETWEEN),
          created_at: now(),
          expires_at: token.expiresAt,
          last_used_at: null,
          last_used_from: null,
          revoked_at: null,
        })
        .execute()
    }),

  /** Whatever its state; `null` when there is none, or its owner is gone. */
  async find(id: string): Promise<TokenRecord | null> {
    const found = await rows(store.db).where('id_hash', '=', id).executeTakeFirst()
    return found ? recordOf(found) : null
  },

  /** The newest first, of one admin or of everybody. */
  async list(adminId?: string): Promise<TokenRecord[]> {
    const all = rows(store.db).orderBy('api_tokens.created_at', 'desc').orderBy('id_hash')
    const found = await (adminId === undefined ? all : all.where('api_tokens.admin_id', '=', adminId)).execute()
    return found.map(recordOf)
  },

  /** False when it is revoked already. */
  async revoke(id: string): Promise<boolean> {
    const revoked = await store.db
      .updateTable('api_tokens')
      .set({ revoked_at: now() })
      .where('id_hash', '=', id)
      .where('revoked_at', 'is', null)
      .returning('id_hash')
      .executeTakeFirst()
    return revoked !== undefined
  },

  /** All that an admin has in use; answers their names. */
  async revokeAllOf(adminId: string): Promise<string[]> {
    const revoked = await store.db
      .updateTable('api_tokens')
      .set({ revoked_at: now() })
      .where('admin_id', '=', adminId)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now())
      .returning('name')
      .execute()
    return revoked.map(({ name }) => name)
  },

  async noteUse(id: string, from: string): Promise<void> {
    await store.db
      .updateTable('api_tokens')
      .set({ last_used_at: now(), last_used_from: from })
      .where('id_hash', '=', id)
      .execute()
  },
})

const sweep = async (tx: Kysely<Schema>, at: Date): Promise<void> => {
  const before = new Date(at.getTime() - KEPT_MS)
  await tx
    .deleteFrom('api_tokens')
    .where((eb) => eb.or([eb('expires_at', '<', before), eb('revoked_at', '<', before)]))
    .execute()
}

const rows = (db: Kysely<Schema>) =>
  db
    .selectFrom('api_tokens')
    .innerJoin('admins', 'admins.id', 'api_tokens.admin_id')
    .leftJoin('admin_roles', 'admin_roles.admin_id', 'api_tokens.admin_id')
    .selectAll('api_tokens')
    .select(['admins.email', 'admins.disabled_at', 'admin_roles.role'])

type Row = Selectable<Schema['api_tokens']> & { email: string; disabled_at: Date | null; role: string | null }

const recordOf = (row: Row): TokenRecord => ({
  id: row.id_hash,
  owner: { id: row.admin_id, email: row.email, role: roleOf(row.role), isDisabled: row.disabled_at !== null },
  name: row.name,
  hint: row.hint,
  verbs: partsOf(row.verbs).filter(isTokenVerb),
  addresses: partsOf(row.addresses),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
  lastUsedFrom: row.last_used_from,
  revokedAt: row.revoked_at,
})

const partsOf = (text: string): string[] => text.split(BETWEEN).filter((part) => part !== '')

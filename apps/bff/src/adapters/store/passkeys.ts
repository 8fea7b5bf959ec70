import { createHash } from 'node:crypto'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Selectable } from 'kysely'
import { NO_PASSWORD } from './admins.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

export type PasskeyRecord = {
  id: string
  /** In base64url. */
  credentialId: string
  adminId: string
  name: string
  /** In COSE form. */
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  transports: string[]
  isSynced: boolean
  addedAt: Date
  lastUsedAt: Date | null
}

export type Passkeys = ReturnType<typeof passkeysOf>

/** The passkeys of each admin: public keys, with which nobody can sign in. */
export const passkeysOf = ({ db, transaction }: Pick<Store, 'db' | 'transaction'>) => ({
  /** The oldest first. */
  of: async (adminId: string): Promise<PasskeyRecord[]> => {
    const rows = await db
      .selectFrom('passkeys')
      .selectAll()
      .where('admin_id', '=', adminId)
      .orderBy('added_at')
      .orderBy('id')
      .execute()
    return rows.map(recordOf)
  },

  find: async (credentialId: string): Promise<PasskeyRecord | null> => {
    const row = await db.selectFrom('passkeys').selectAll().where('id', '=', idOf(credentialId)).executeTakeFirst()
    return row ? recordOf(row) : null
  },

  /** Rejects with `passkey-exists`, whosever it is. */
  add: async ({ credentialId, publicKey, ...passkey }: Omit<PasskeyRecord, 'id' | 'lastUsedAt'>): Promise<void> => {
    const added = await db
      .insertInto('passkeys')
      .values({
        id: idOf(credentialId),
        credential_id: credentialId,
        admin_id: passkey.adminId,
        name: passkey.name,
        public_key: Buffer.from(publicKey).toString('base64url'),
        counter: BigInt(passkey.counter),
        transports: passkey.transports.join(' '),
        is_synced: passkey.isSynced,
        added_at: passkey.addedAt,
        last_used_at: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) throw problem('passkey-exists')
  },

  /** Notes a use. False when the counter did not go up, which it does in one place only; 0 is of one that does not count. */
  use: async (id: string, counter: number, at: Date): Promise<boolean> => {
    const used = await db
      .updateTable('passkeys')
      .set({ counter: BigInt(counter), last_used_at: at })
      .where('id', '=', id)
      .where('counter', counter === 0 ? '=' : '<', BigInt(counter))
      .returning('id')
      .executeTakeFirst()
    return used !== undefined
  },

  /** Answers its name. Rejects with `passkey-not-found`, and with `last-way-in` when it is the last one of an admin without a password. */
  remove: (adminId: string, id: string): Promise<string> =>
    transaction(async (tx) => {
      const removed = await tx
        .deleteFrom('passkeys')
        .where('id', '=', id)
        .where('admin_id', '=', adminId)
        .returning('name')
        .executeTakeFirst()
      if (!removed) throw problem('passkey-not-found')
      const { password_hash: hash } = await tx
        .selectFrom('admins')
        .select('password_hash')
        .where('id', '=', adminId)
        .executeTakeFirstOrThrow()
      const other = await tx.selectFrom('passkeys').select('id').where('admin_id', '=', adminId).executeTakeFirst()
      if (hash === NO_PASSWORD && !other)
        throw problem('last-way-in', {
          detail: said`You have no password. Add another passkey first, or choose a password.`,
        })
      return removed.name
    }),
})

const idOf = (credentialId: string): string => createHash('sha256').update(credentialId).digest('base64url')

const recordOf = (row: Selectable<Schema['passkeys']>): PasskeyRecord => ({
  id: row.id,
  credentialId: row.credential_id,
  adminId: row.admin_id,
  name: row.name,
  publicKey: Uint8Array.from(Buffer.from(row.public_key, 'base64url')),
  counter: Number(row.counter),
  transports: row.transports.split(' ').filter(Boolean),
  isSynced: row.is_synced,
  addedAt: row.added_at,
  lastUsedAt: row.last_used_at,
})

import type { Kysely } from 'kysely'
import type { Secret } from '../gateway/secret.ts'
import { keepingAnAdmin } from './admins.ts'
import type { Schema } from './schema.ts'
import type { Sealer } from './sealed.ts'
import type { Store } from './store.ts'

export type SecondFactors = ReturnType<typeof secondFactorsOf>

type Confirmed = { adminId: string; seed: Secret; step: number; codeHashes: string[]; at: Date }

const placeOf = (table: 'second_factors' | 'second_factor_enrolments', row: string) => ({ table, row, field: 'seed' })

const addCodes = async (tx: Kysely<Schema>, adminId: string, codeHashes: string[]): Promise<void> => {
  await tx.deleteFrom('recovery_codes').where('admin_id', '=', adminId).execute()
  const rows = codeHashes.map((code_hash) => ({ code_hash, admin_id: adminId, used_at: null }))
  await tx.insertInto('recovery_codes').values(rows).execute()
}

/** The second factor of each admin. Seeds are sealed, recovery codes hashed, and what serves once serves once however many ask. */
export const secondFactorsOf = (store: Pick<Store, 'db' | 'transaction'>, sealer: Sealer) => ({
  /** `null` where none is set up. */
  find: async (adminId: string): Promise<{ enrolledAt: Date; recoveryCodesLeft: number } | null> => {
    const found = await store.db
      .selectFrom('second_factors')
      .select('enrolled_at')
      .where('admin_id', '=', adminId)
      .executeTakeFirst()
    if (!found) return null
    const codes = await store.db
      .selectFrom('recovery_codes')
      .select('code_hash')
      .where('admin_id', '=', adminId)
      .where('used_at', 'is', null)
      .execute()
    return { enrolledAt: found.enrolled_at, recoveryCodesLeft: codes.length }
  },

  /** Rejects with `sealed-damaged` when the stored seed cannot be opened. */
  seedOf: async (adminId: string): Promise<Secret | null> => {
    const row = await store.db
      .selectFrom('second_factors')
      .select('seed')
      .where('admin_id', '=', adminId)
      .executeTakeFirst()
    return row ? sealer.open(placeOf('second_factors', adminId), row.seed) : null
  },

  /** Keeps a seed that is to be confirmed with a code; one that was begun before is over. */
  begin: async (adminId: string, seed: string, at: Date): Promise<void> => {
    const row = { seed: sealer.seal(placeOf('second_factor_enrolments', adminId), seed), begun_at: at }
    await store.db
      .insertInto('second_factor_enrolments')
      .values({ admin_id: adminId, ...row })
      .onConflict((conflict) => conflict.column('admin_id').doUpdateSet(row))
      .execute()
  },

  begun: async (adminId: string): Promise<{ seed: Secret; begunAt: Date } | null> => {
    const row = await store.db
      .selectFrom('second_factor_enrolments')
      .selectAll()
      .where('admin_id', '=', adminId)
      .executeTakeFirst()
    if (!row) return null
    return { seed: sealer.open(placeOf('second_factor_enrolments', adminId), row.seed), begunAt: row.begun_at }
  },

  /** From now on it counts. False when there is one already. */
  confirm: ({ adminId, seed, step, codeHashes, at }: Confirmed): Promise<boolean> =>
    store.transaction(async (tx) => {
      const added = await tx
        .insertInto('second_factors')
        .values({
          admin_id: adminId,
          seed: sealer.seal(placeOf('second_factors', adminId), seed.reveal()),
          enrolled_at: at,
          last_step: BigInt(step),
        })
        .onConflict((conflict) => conflict.column('admin_id').doNothing())
        .returning('admin_id')
        .executeTakeFirst()
      if (!added) return false
      await addCodes(tx, adminId, codeHashes)
      await tx.deleteFrom('second_factor_enrolments').where('admin_id', '=', adminId).execute()
      return true
    }),

  /** Whether the code of this time step is taken now; the same or an older one is not taken after it. */
  takeStep: (adminId: string, step: number): Promise<boolean> =>
    store.transaction(async (tx) => {
      const taken = await tx
        .updateTable('second_factors')
        .set({ last_step: BigInt(step) })
        .where('admin_id', '=', adminId)
        .where('last_step', '<', BigInt(step))
        .returning('admin_id')
        .executeTakeFirst()
      return taken !== undefined
    }),

  takeRecoveryCode: (adminId: string, codeHash: string, at: Date): Promise<boolean> =>
    store.transaction(async (tx) => {
      const taken = await tx
        .updateTable('recovery_codes')
        .set({ used_at: at })
        .where('code_hash', '=', codeHash)
        .where('admin_id', '=', adminId)
        .where('used_at', 'is', null)
        .returning('code_hash')
        .executeTakeFirst()
      return taken !== undefined
    }),

  /** In place of all that there were. */
  replaceRecoveryCodes: (adminId: string, codeHashes: string[]): Promise<void> =>
    store.transaction((tx) => addCodes(tx, adminId, codeHashes)),

  /** The app and the codes. False when there was none. */
  remove: (adminId: string): Promise<boolean> => store.transaction((tx) => removeApp(tx, adminId)),

  /** Rejects with `last-admin` when nobody is left who may do everything and can sign in. */
  removeAll: (adminId: string): Promise<Removed> =>
    store.transaction((tx) => keepingAnAdmin(tx, () => forgetSecondFactor(tx, adminId))),
})

type Removed = { app: boolean; passkeys: number }

const removeApp = async (tx: Kysely<Schema>, adminId: string): Promise<boolean> => {
  await tx.deleteFrom('second_factor_enrolments').where('admin_id', '=', adminId).execute()
  await tx.deleteFrom('recovery_codes').where('admin_id', '=', adminId).execute()
  const removed = await tx
    .deleteFrom('second_factors')
    .where('admin_id', '=', adminId)
    .returning('admin_id')
    .executeTakeFirst()
  return removed !== undefined
}

/** Forgets the app, the codes and the passkeys, for which no key is needed. */
export const forgetSecondFactor = async (tx: Kysely<Schema>, adminId: string): Promise<Removed> => {
  const app = await removeApp(tx, adminId)
  const passkeys = await tx.deleteFrom('passkeys').where('admin_id', '=', adminId).returning('id').execute()
  return { app, passkeys: passkeys.length }
}

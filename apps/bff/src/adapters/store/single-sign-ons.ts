import { ProblemError, problem } from '@ostor-console/shared/problem'
import type { Role } from '@ostor-console/shared/roles'
import type { Kysely } from 'kysely'
import { type AdminRecord, type Admins, adminsOf } from './admins.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

export type SingleSignOns = ReturnType<typeof singleSignOnsOf>

type Identity = { issuer: string; subject: string }

/** Which admin somebody at a provider is, and which sign-ins have been used. */
export const singleSignOnsOf = (
  store: Pick<Store, 'db' | 'transaction'>,
  { now = () => new Date() }: { now?: () => Date } = {},
) => ({
  /**
   * The admin whom this identity belongs to, though disabled. The first time one is made, without a password and under
   * the first name that is free: whoever has a name already stays somebody else.
   */
  adminOf: ({ issuer, subject }: Identity, names: string[], role: Role): Promise<{ id: string; isNew: boolean }> =>
    store.transaction(async (tx) => {
      const linked = await find(tx, { issuer, subject })
      if (linked !== null) return { id: linked, isNew: false }
      const { id } = await createFree(adminsOf({ db: tx, transaction: (work) => work(tx) }), names, role)
      await tx.insertInto('single_sign_ons').values({ issuer, subject, admin_id: id, created_at: now() }).execute()
      return { id, isNew: true }
    }),

  /** The id of the admin whom this identity belongs to, if there is one yet. */
  find: (identity: Identity): Promise<string | null> => find(store.db, identity),

  /** True for the first who uses this id; remembered until it would not be taken any more. */
  async use(idHash: string, until: Date): Promise<boolean> {
    await store.db.deleteFrom('used_sign_ins').where('until', '<', now()).execute()
    const used = await store.db
      .insertInto('used_sign_ins')
      .values({ id_hash: idHash, until })
      .onConflict((conflict) => conflict.column('id_hash').doNothing())
      .returning('id_hash')
      .executeTakeFirst()
    return used !== undefined
  },
})

const find = async (db: Kysely<Schema>, { issuer, subject }: Identity): Promise<string | null> => {
  const linked = await db
    .selectFrom('single_sign_ons')
    .select('admin_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return linked?.admin_id ?? null
}

const createFree = async (admins: Admins, names: string[], role: Role): Promise<AdminRecord> => {
  for (const email of names) {
    const created = await admins.create({ email, role, passwordHash: null }).catch(nameTaken)
    if (created) return created
  }
  throw problem('admin-exists')
}

const nameTaken = (error: unknown): null => {
  if (error instanceof ProblemError && error.is('admin-exists')) return null
  throw error
}

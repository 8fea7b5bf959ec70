import { randomUUID } from 'node:crypto'
import { problem } from '@ostor-console/shared/problem'
import type { Selectable } from 'kysely'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

export type AdminRecord = { id: string; email: string; passwordHash: string; createdAt: Date }
export type Admins = ReturnType<typeof adminsOf>

/** Who may sign in. A disabled admin is not found, but still counts, so that the setup does not open again. */
export const adminsOf = ({ db }: Pick<Store, 'db'>) => ({
  async count(): Promise<number> {
    const { n } = await db
      .selectFrom('admins')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .executeTakeFirstOrThrow()
    return Number(n)
  },

  /** Rejects with `email-exists`, in whatever letter case it exists. */
  async create({ email, passwordHash }: { email: string; passwordHash: string }): Promise<AdminRecord> {
    const created = await db
      .insertInto('admins')
      .values({
        id: randomUUID(),
        email,
        email_lower: lower(email),
        password_hash: passwordHash,
        created_at: new Date(),
        disabled_at: null,
        generation: 0n,
      })
      .onConflict((conflict) => conflict.column('email_lower').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!created) throw problem('email-exists')
    return recordOf(created)
  },

  async findByEmail(email: string): Promise<AdminRecord | null> {
    const found = await enabled(db).where('email_lower', '=', lower(email)).executeTakeFirst()
    return found ? recordOf(found) : null
  },

  async findById(id: string): Promise<AdminRecord | null> {
    const found = await enabled(db).where('id', '=', id).executeTakeFirst()
    return found ? recordOf(found) : null
  },
})

const enabled = (db: Store['db']) => db.selectFrom('admins').selectAll().where('disabled_at', 'is', null)

const lower = (email: string) => email.normalize('NFC').toLowerCase()

const recordOf = (row: Selectable<Schema['admins']>): AdminRecord => ({
  id: row.id,
  email: row.email,
  passwordHash: row.password_hash,
  createdAt: row.created_at,
})

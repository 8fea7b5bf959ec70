import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** What the store keeps by this name; `null` for nothing. */
export const settingOf = async (db: Kysely<Schema>, name: string): Promise<string | null> => {
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value ?? null
}

/** `null` forgets it. */
export const saveSetting = async (db: Kysely<Schema>, name: string, value: string | null): Promise<void> => {
  if (value === null) {
    await db.deleteFrom('settings').where('name', '=', name).execute()
    return
  }
  await db
    .insertInto('settings')
    .values({ name, value })
    .onConflict((of) => of.column('name').doUpdateSet({ value }))
    .execute()
}

import { WhmcsMode } from '@ostor-console/shared/whmcs'
import type { Kysely } from 'kysely'
import * as z from 'zod'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

const NAME = 'whmcs'

const Facts = z.object({ mode: WhmcsMode, linkFieldId: z.int().nullable() })
/** What has to be known of the settings wherever a change is written down. */
export type WhmcsFacts = z.infer<typeof Facts>

const OFF: WhmcsFacts = { mode: 'off', linkFieldId: null }

/** As the last start of a console said. */
export const whmcsFacts = async (db: Kysely<Schema>): Promise<WhmcsFacts> => {
  const row = await db.selectFrom('settings').select('value').where('name', '=', NAME).executeTakeFirst()
  return row ? Facts.parse(JSON.parse(row.value)) : OFF
}

/** Answers what was said before. */
export const saveWhmcsFacts = ({ transaction }: Pick<Store, 'transaction'>, facts: WhmcsFacts): Promise<WhmcsFacts> =>
  transaction(async (tx) => {
    const before = await whmcsFacts(tx)
    const value = JSON.stringify(facts)
    await tx
      .insertInto('settings')
      .values({ name: NAME, value })
      .onConflict((of) => of.column('name').doUpdateSet({ value }))
      .execute()
    return before
  })

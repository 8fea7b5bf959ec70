import { WhmcsMode } from '@ostor-console/shared/whmcs'
import type { Kysely } from 'kysely'
import * as z from 'zod'
import type { Schema } from './schema.ts'
import { saveSetting, settingOf } from './setting.ts'
import type { Store } from './store.ts'

const NAME = 'whmcs'

const Facts = z.object({ mode: WhmcsMode, linkFieldId: z.int().nullable() })
/** What has to be known of the settings wherever a change is written down. */
export type WhmcsFacts = z.infer<typeof Facts>

const OFF: WhmcsFacts = { mode: 'off', linkFieldId: null }

/** As the last start of a console said. */
export const whmcsFacts = async (db: Kysely<Schema>): Promise<WhmcsFacts> => {
  const kept = await settingOf(db, NAME)
  return kept === null ? OFF : Facts.parse(JSON.parse(kept))
}

/** Answers what was said before. */
export const saveWhmcsFacts = ({ transaction }: Pick<Store, 'transaction'>, facts: WhmcsFacts): Promise<WhmcsFacts> =>
  transaction(async (tx) => {
    const before = await whmcsFacts(tx)
    await saveSetting(tx, NAME, JSON.stringify(facts))
    return before
  })

import type { Store } from './store.ts'

const NAME = 'whmcs-addon-seen'

export type AddonContact = ReturnType<typeof addonContactOf>

/** When the addon inside WHMCS last came for messages. */
export const addonContactOf = ({ db }: Pick<Store, 'db'>) => ({
  async seen(at: Date): Promise<void> {
    const value = at.toISOString()
    await db
      .insertInto('settings')
      .values({ name: NAME, value })
      .onConflict((of) => of.column('name').doUpdateSet({ value }))
      .execute()
  },

  /** `null` when it never did. */
  async last(): Promise<Date | null> {
    const row = await db.selectFrom('settings').select('value').where('name', '=', NAME).executeTakeFirst()
    return row ? new Date(row.value) : null
  },
})

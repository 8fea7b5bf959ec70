import { saveSetting, settingOf } from './setting.ts'
import type { Store } from './store.ts'

const NAME = 'whmcs-addon-seen'

export type AddonContact = ReturnType<typeof addonContactOf>

/** When the addon inside WHMCS last came for messages. */
export const addonContactOf = ({ db }: Pick<Store, 'db'>) => ({
  seen: (at: Date): Promise<void> => saveSetting(db, NAME, at.toISOString()),

  /** `null` when it never did. */
  async last(): Promise<Date | null> {
    const at = await settingOf(db, NAME)
    return at === null ? null : new Date(at)
  },
})

import { createHash } from 'node:crypto'
import type { Store } from './store.ts'

export type PasskeyPurpose = 'sign-in' | 'proof' | 'add'

type Asked = {
  challenge: string
  /** What this browser alone knows. */
  browser: string
  purpose: PasskeyPurpose
}

export type PasskeyChallenges = ReturnType<typeof passkeyChallengesOf>

/** What browsers were asked to have signed. Each is taken once, by the browser that was asked, for what it was asked for. */
export const passkeyChallengesOf = ({ db }: Pick<Store, 'db'>) => ({
  /** Forgets those that are over. */
  begin: async (
    { adminId, until, ...asked }: Asked & { adminId: string | null; until: Date },
    now: Date,
  ): Promise<void> => {
    await db.deleteFrom('passkey_challenges').where('until', '<=', now).execute()
    await db
      .insertInto('passkey_challenges')
      .values({
        challenge_hash: hashOf(asked.challenge),
        browser_hash: hashOf(asked.browser),
        purpose: asked.purpose,
        admin_id: adminId,
        until,
      })
      .execute()
  },

  /** Whose passkey it has to be, `null` for anybody's; nothing when it was not asked like this, is over or was taken before. */
  take: async ({ challenge, browser, purpose }: Asked, now: Date): Promise<{ adminId: string | null } | undefined> => {
    const taken = await db
      .deleteFrom('passkey_challenges')
      .where('challenge_hash', '=', hashOf(challenge))
      .where('browser_hash', '=', hashOf(browser))
      .where('purpose', '=', purpose)
      .where('until', '>', now)
      .returning('admin_id')
      .executeTakeFirst()
    return taken && { adminId: taken.admin_id }
  },
})

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

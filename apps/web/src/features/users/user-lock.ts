import { t } from '@lingui/core/macro'
import type { UserDetail } from '@ostor-console/shared/users'

/** Why this user cannot be changed here, in one sentence; `null` when it can. */
export const lockedBecause = ({ protected: isProtected, sharesEmailWith }: UserDetail): string | null => {
  if (isProtected) return t`A system user, or the owner of the console’s own key, cannot be changed here.`
  if (sharesEmailWith.length > 0) {
    const others = sharesEmailWith.join(', ')
    return t`The gateway finds users by e-mail, and this one is shared with ${others}. A change could hit the wrong user.`
  }
  return null
}

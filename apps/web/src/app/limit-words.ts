import { t } from '@lingui/core/macro'
import type { Session } from '@ostor-console/shared/session'
import { inEach } from '../format/locale.ts'

const and = inEach((locale) => new Intl.ListFormat(locale))

/** The groups of users that somebody is limited to, as a person would say them; `null` without a limit. */
export const limitWords = (session: Pick<Session, 'limitedTo'> | undefined): string | null => {
  if (!session?.limitedTo) return null
  const names = [...new Set(session.limitedTo.map(({ name }) => name))]
  return names.length === 0 ? t`no user, as the groups are gone` : and().format(names)
}

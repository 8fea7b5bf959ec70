import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { Trans } from '@lingui/react/macro'
import type { ListedUser, UserPage } from '@ostor-console/shared/users'
import { formatBytes } from '../../format/bytes.ts'
import { formatInstant } from '../../format/dates.ts'
import { formatGb, formatUsed, usedOf } from '../../format/quotas.ts'
import { Age } from '../../ui/age.tsx'
import { Figure } from '../../ui/figure.tsx'
import './quota-use.css'

type User = Pick<ListedUser, 'quota' | 'storedBytes'>
/** Why the quotas of some users are not known. */
export type Lacking = UserPage['summary']['quotas']['lacking']

/** How much of the quota a user has used, whether there is none, or why that is not known. */
export function QuotaUse({ user, lacking }: { user: User; lacking: Lacking }) {
  useLingui()
  const { quota, storedBytes } = user
  const readAt = quota === null ? '' : formatInstant(quota.readAt)
  if (quota?.size === 'unlimited')
    return (
      <span className="dimmed" title={t`No quota, as read at ${readAt}`}>
        <Trans context="a quota">none</Trans>
      </span>
    )
  const used = hundredthsOf(user)
  if (!quota || !used || storedBytes === null)
    return (
      <span className="dimmed" title={whyUnknown(user, lacking)}>
        <Trans>unknown</Trans>
      </span>
    )
  const [stored, size] = [formatBytes(storedBytes), formatGb(quota.size)]
  return (
    <span className={`quota-use ${levelOf(used)}`} title={t`${stored} of ${size}, as read at ${readAt}`}>
      {formatUsed(used, storedBytes)}
      <span className="quota-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(used.at(-1) ?? 0, 100)}%` }} />
      </span>
    </span>
  )
}

/** The same as a figure of one user. */
export function QuotaFigure({ user }: { user: User }) {
  useLingui()
  const { quota, storedBytes } = user
  const label = t`Quota used`
  if (quota?.size === 'unlimited')
    return (
      <Figure label={label} value={t({ message: 'none', context: 'a quota' })} note={<ReadAge at={quota.readAt} />} />
    )
  const used = hundredthsOf(user)
  if (!quota || !used || storedBytes === null)
    return (
      <Figure
        label={label}
        value={null}
        note={quota ? whyUnknown(user, null) : t`not read yet; “Limits and quota” reads it`}
      />
    )
  const size = formatGb(quota.size)
  return (
    <Figure
      label={label}
      value={<span className={levelOf(used)}>{formatUsed(used, storedBytes)}</span>}
      note={
        <Trans>
          of {size}, read <Age at={quota.readAt} />
        </Trans>
      }
    />
  )
}

const ReadAge = ({ at }: { at: string }) => (
  <Trans>
    read <Age at={at} />
  </Trans>
)

/** The same within a line, where there is no column; nothing where there is no quota. */
export function QuotaNote({ user }: { user: User }) {
  useLingui()
  if (user.quota?.size === 'unlimited') return null
  const used = hundredthsOf(user)
  if (!used || user.storedBytes === null) return <Trans>quota unknown</Trans>
  const text = formatUsed(used, user.storedBytes)
  return (
    <span className={levelOf(used)}>
      <Trans>{text} of the quota</Trans>
    </span>
  )
}

/** In whole hundredths, the least first; `null` where it is not known. */
const hundredthsOf = ({ quota, storedBytes }: User): number[] | null =>
  quota === null || quota.size === 'unlimited' || !quota.isUnitKnown || storedBytes === null
    ? null
    : usedOf(storedBytes, quota.size, quota.bytesPerGb)

const whyUnknown = ({ quota }: User, lacking: Lacking): string => {
  if (quota && !quota.isUnitKnown)
    return t`Whether the gateway tells GB or bytes is not known until a quota was set here and read back`
  if (quota) return t`How much is stored is not known`
  if (lacking === 'off') return t`Not read: the settings of the console say that none is read`
  if (lacking === 'failing') return t`Not read: the gateway did not tell quotas when it was last asked`
  return t`Not read yet: the gateway tells quotas one user at a time`
}

/** Full whatever a GB is, or nearly full, which it is too while a GB of one size would be. */
const levelOf = (used: readonly number[]): string => {
  if ((used[0] ?? 0) >= 100) return 'quota-full'
  return (used.at(-1) ?? 0) >= 90 ? 'quota-near' : ''
}

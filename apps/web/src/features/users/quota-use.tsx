import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { Trans } from '@lingui/react/macro'
import type { ListedUser } from '@ostor-console/shared/users'
import { formatBytes } from '../../format/bytes.ts'
import { formatInstant } from '../../format/dates.ts'
import { formatGb, formatUsed, usedOf } from '../../format/quotas.ts'
import './quota-use.css'

type Props = { user: Pick<ListedUser, 'quota' | 'storedBytes'> }

/** How much of the quota a user has used, whether there is none, or why that is not known. */
export function QuotaUse({ user: { quota, storedBytes } }: Props) {
  useLingui()
  if (quota === null) return <Unknown why={t`Not read yet: the gateway tells quotas one user at a time`} />
  const readAt = formatInstant(quota.readAt)
  if (quota.size === 'unlimited')
    return (
      <span className="dimmed" title={t`No quota, as read at ${readAt}`}>
        <Trans context="a quota">none</Trans>
      </span>
    )
  if (!quota.isUnitKnown)
    return (
      <Unknown why={t`Whether the gateway tells GB or bytes is not known until a quota was set here and read back`} />
    )
  if (storedBytes === null) return <Unknown why={t`This gateway does not tell sizes by user`} />
  const used = usedOf(storedBytes, quota.size, quota.bytesPerGb)
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

/** A line of text for where there is no column; nothing unless there is a quota. */
export const quotaText = ({ quota, storedBytes }: Props['user']): string | null => {
  if (quota === null || quota.size === 'unlimited' || !quota.isUnitKnown || storedBytes === null) return null
  const used = formatUsed(usedOf(storedBytes, quota.size, quota.bytesPerGb), storedBytes)
  return t`${used} of the quota`
}

/** Full whatever a GB is, or nearly full, which it is too while a GB of one size would be. */
const levelOf = (used: readonly number[]): string => {
  if ((used[0] ?? 0) >= 100) return 'quota-full'
  return (used.at(-1) ?? 0) >= 90 ? 'quota-near' : ''
}

const Unknown = ({ why }: { why: string }) => (
  <span className="dimmed" title={why}>
    <Trans>unknown</Trans>
  </span>
)

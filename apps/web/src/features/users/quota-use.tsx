import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { Trans } from '@lingui/react/macro'
import type { ListedUser, UserPage } from '@ostor-console/shared/users'
import { formatBytes } from '../../format/bytes.ts'
import { formatInstant } from '../../format/dates.ts'
import { formatGb, formatUsed, usedOf } from '../../format/quotas.ts'
import { Age } from '../../ui/age.tsx'
import { Figure } from '../../ui/figure.tsx'
import { Unknown } from '../../ui/unknown.tsx'
import './quota-use.css'

type User = Pick<ListedUser, 'quota' | 'storedBytes'>
/** Why the quotas of some users are not known. */
export type Lacking = UserPage['summary']['quotas']['lacking']

/** How much of the quota a user has used, whether there is none, or why that is not known. */
export function QuotaUse({ user, lacking }: { user: User; lacking: Lacking }) {
  useLingui()
  const use = useOf(user)
  if (use === null) return <Unknown why={whyUnknown(user, lacking)} />
  const readAt = formatInstant(use.readAt)
  if (!use.hundredths)
    return (
      <span className="dimmed" title={t`No quota, as read at ${readAt}`}>
        <Trans context="a quota">none</Trans>
      </span>
    )
  const { stored, size, hundredths, text } = use
  return (
    <span className={`quota-use ${levelOf(hundredths)}`} title={t`${stored} of ${size}, as read at ${readAt}`}>
      {text}
      <span className="quota-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(hundredths.at(-1) ?? 0, 100)}%` }} />
      </span>
    </span>
  )
}

/** The same as a figure of one user. */
export function QuotaFigure({ user }: { user: User }) {
  useLingui()
  const use = useOf(user)
  const label = t`Quota used`
  if (use === null) {
    const why = user.quota ? whyUnknown(user, null) : t`not read yet; open “Limits and quota” to read it`
    return <Figure label={label} value={null} note={why} />
  }
  if (!use.hundredths)
    return (
      <Figure label={label} value={t({ message: 'none', context: 'a quota' })} note={<ReadAge at={use.readAt} />} />
    )
  const { size, hundredths, text } = use
  return (
    <Figure
      label={label}
      value={<span className={levelOf(hundredths)}>{text}</span>}
      note={
        <Trans>
          of {size}, read <Age at={use.readAt} />
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
  const use = useOf(user)
  if (use === null) return <Trans>quota unknown</Trans>
  if (!use.hundredths) return null
  const { hundredths, text } = use
  return (
    <span className={levelOf(hundredths)}>
      <Trans>{text} of the quota</Trans>
    </span>
  )
}

/** `hundredths`, the least first, where there is a quota. */
type Use = { readAt: string; hundredths?: never } | ({ readAt: string; hundredths: number[] } & Words)
type Words = Record<'text' | 'stored' | 'size', string>

/** `null` where it is not known. */
const useOf = ({ quota, storedBytes }: User): Use | null => {
  if (quota === null) return null
  const { size, isUnitKnown, bytesPerGb, readAt } = quota
  if (size === 'unlimited') return { readAt }
  if (!isUnitKnown || storedBytes === null) return null
  const hundredths = usedOf(storedBytes, size, bytesPerGb)
  const text = formatUsed(hundredths, storedBytes)
  return { readAt, hundredths, text, stored: formatBytes(storedBytes), size: formatGb(size) }
}

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

import { plural, t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import type { UserPage } from '@ostor-console/shared/users'
import { formatCount } from '../../format/counts.ts'
import { Age } from '../../ui/age.tsx'
import { NoticeLine } from '../../ui/notice-line.tsx'
import type { Lacking } from './quota-use.tsx'

type Summary = UserPage['summary']
type Props = { sort: string | undefined; summary: Summary }

/** A list by use of the quota says how old that is, and of whom it is not known, since they stand last. */
export function QuotasSoFar({ sort, summary }: Props) {
  useLingui()
  const { asOf, lacking } = summary.quotas
  if (!sort?.endsWith('quotaUse')) return null
  return (
    <NoticeLine>
      <span>
        {lacking === null ? t`The gateway tells quotas one user at a time.` : `${knownText(summary)} ${WHY[lacking]()}`}
      </span>
      {asOf !== null && (
        <span className="dimmed">
          {t`Oldest read`} <Age at={asOf} />
        </span>
      )}
    </NoticeLine>
  )
}

const knownText = ({ total, quotas }: Summary): string => {
  const known = formatCount(quotas.known)
  return plural(total, {
    one: `Of ${known} of # user the use of the quota is known; the others stand last.`,
    other: `Of ${known} of # users the use of the quota is known; the others stand last.`,
  })
}

const WHY: Record<NonNullable<Lacking>, () => string> = {
  reading: () => t`The gateway tells quotas one user at a time.`,
  unit: () => t`Whether it tells GB or bytes is not known until a quota was set here and read back.`,
  failing: () => t`The gateway did not tell quotas when it was last asked.`,
  size: () => t`How much the others store is not known.`,
  role: () => t`Your role does not see quotas.`,
  off: () => t`The settings of the console say that none is read.`,
}

import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import type { UserPage } from '@ostor-console/shared/users'
import { formatCount } from '../../format/counts.ts'
import { NoticeLine } from '../../ui/notice-line.tsx'

type Props = { sort: string | undefined; summary: UserPage['summary'] }

/** A list by use of the quota says of whom that is not known yet, since they stand last. */
export function QuotasSoFar({ sort, summary: { total, quotas } }: Props) {
  useLingui()
  if (!sort?.endsWith('quotaUse') || quotas.known >= total) return null
  const known = formatCount(quotas.known)
  return (
    <NoticeLine>
      {plural(total, {
        one: `The quotas of ${known} of # user are known so far; the others stand last. The gateway tells quotas one user at a time.`,
        other: `The quotas of ${known} of # users are known so far; the others stand last. The gateway tells quotas one user at a time.`,
      })}
    </NoticeLine>
  )
}

import type { UserPage } from '@ostor-console/shared/users'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount, plural } from '../../format/counts.ts'
import { AsOf } from '../../ui/as-of.tsx'

/** Totals over all users, whatever the filter, and their age. */
export function UsersMeta({ page: { summary, freshness } }: { page: UserPage }) {
  return (
    <>
      <span>
        {plural(summary.total, 'user')} · {formatCount(summary.enabled)} enabled · {formatCount(summary.disabled)}{' '}
        disabled
        {summary.storedBytes !== null && (
          <span title={exactBytes(summary.storedBytes)}> · {formatBytes(summary.storedBytes)} stored</span>
        )}
      </span>
      <AsOf freshness={freshness} />
    </>
  )
}

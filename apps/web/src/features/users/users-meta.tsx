import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { UserPage } from '@ostor-console/shared/users'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { AsOf } from '../../ui/as-of.tsx'

/** Totals over all users, whatever the filter, and their age. */
export function UsersMeta({ page: { summary, freshness } }: { page: UserPage }) {
  const { t } = useLingui()
  const stored = summary.storedBytes === null ? null : formatBytes(summary.storedBytes)
  return (
    <>
      <span>
        {plural(summary.total, { one: '# user', other: '# users' })} ·{' '}
        {plural(summary.enabled, { one: '# enabled', other: '# enabled' })} ·{' '}
        {plural(summary.disabled, { one: '# disabled', other: '# disabled' })}
        {summary.storedBytes !== null && <span title={exactBytes(summary.storedBytes)}> · {t`${stored} stored`}</span>}
      </span>
      <AsOf freshness={freshness} />
    </>
  )
}

import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { StoragePanel } from '../features/storage/storage-panel.tsx'
import { UsagePanel } from '../features/usage/usage-panel.tsx'
import { useRange } from '../features/usage/use-range.ts'
import { useFlags } from './usage-flags.ts'

/** What one user moved and stored, with what was changed meanwhile. */
export function UserUsage({ cluster, userId }: { cluster: string; userId: string }) {
  const [choice, choose] = useRange()
  const flags = useFlags(cluster, { userId })
  return (
    <div className="panels">
      <Link
        className="link report-link"
        to="/c/$cluster/users/$userId/report"
        params={{ cluster, userId }}
        search={typeof choice === 'string' ? { range: choice } : choice}
      >
        <Trans>Report to print</Trans>
      </Link>
      <UsagePanel cluster={cluster} userId={userId} flags={flags} />
      <StoragePanel cluster={cluster} userId={userId} choice={choice} onChoose={choose} />
    </div>
  )
}

import { Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { dialogOnDemand } from '../../ui/dialog-on-demand.tsx'
import { AuditTable } from './audit-table.tsx'
import '../../ui/data-table.css'

const AsOfDialog = dialogOnDemand(() => import('./as-of-dialog.tsx'))

/** What was done to one user, and the way to how they were at a time. */
export function UserAudit({ cluster, userId }: { cluster: string; userId: string }) {
  const [asking, setAsking] = useState(false)
  return (
    <div className="list">
      <div className="toolbar">
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          <Trans>This user as of…</Trans>
        </Button>
        <Link className="link" to="/c/$cluster/audit" params={{ cluster }} search={{ userId }}>
          <Trans>Search and export</Trans>
        </Link>
      </div>
      <AuditTable cluster={cluster} filter={{ userId }} />
      {asking && <AsOfDialog cluster={cluster} userId={userId} onClose={() => setAsking(false)} />}
    </div>
  )
}

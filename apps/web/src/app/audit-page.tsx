import { Select } from '@mantine/core'
import { ACTIONS } from '@ostor-console/shared/audit'
import { getRouteApi } from '@tanstack/react-router'
import { AuditTable } from '../features/audit/audit-table.tsx'
import { ACTION_WORDS } from '../features/audit/audit-words.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'

const route = getRouteApi('/c/$cluster/audit')

export function AuditPage() {
  const { cluster } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const action = ACTIONS.find((each) => each === search['action'])
  const choose = (next: string | null) => void navigate({ search: next === null ? {} : { action: next } })

  return (
    <Page title="Audit" meta="What admins did in this cluster and to the console">
      <Panel
        title="Newest first"
        flush
        actions={
          <Select
            size="xs"
            w={220}
            aria-label="Action"
            placeholder="All actions"
            clearable
            clearButtonProps={{ 'aria-label': 'All actions' }}
            value={action ?? null}
            onChange={choose}
            data={ACTIONS.map((value) => ({ value, label: ACTION_WORDS[value] }))}
          />
        }
      >
        <AuditTable cluster={cluster} action={action} />
      </Panel>
    </Page>
  )
}

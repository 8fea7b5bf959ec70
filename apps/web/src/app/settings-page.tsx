import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useFleetRefusal } from '../api/role.ts'
import { DialectPanel } from '../features/dialect/dialect-panel.tsx'
import { QuotaPanel } from '../features/quotas/quota-panel.tsx'
import { sessionQuery } from '../features/session/session.queries.ts'
import { CopyText } from '../ui/copy-text.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import './overview.css'

const route = getRouteApi('/c/$cluster/settings')

/** What holds for the whole cluster, and what is known of its gateway. */
export function SettingsPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const locked = useFleetRefusal()
  const session = useQuery(sessionQuery()).data
  const gateway = session?.clusters.find(({ id }) => id === cluster)
  return (
    <Page title={t`Settings`} meta={t`What holds for the whole cluster, and what is known of its gateway`}>
      <div className="overview-columns">
        <QuotaPanel cluster={cluster} target={{ of: 'user' }} title={t`Default quota of users`} locked={locked} />
        <QuotaPanel cluster={cluster} target={{ of: 'bucket' }} title={t`Default quota of buckets`} locked={locked} />
        <DialectPanel cluster={cluster} signature={gateway?.signature ?? 'v2'} />
        <Panel title={t`About`}>
          <Facts
            items={{
              [t`Version of the console`]: session ? <span translate="no">{session.version}</span> : t`not known`,
              ...(gateway && {
                [t`Gateway`]: <CopyText text={gateway.endpoint} label={t`address of the gateway`} cap={120} />,
                [t`Key of the console`]: <CopyText text={gateway.accessKeyId} label={t`key id`} cap={128} />,
              }),
            }}
          />
        </Panel>
      </div>
    </Page>
  )
}

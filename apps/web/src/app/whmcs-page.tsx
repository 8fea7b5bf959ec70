import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Badge, Skeleton } from '@mantine/core'
import type { WhmcsStatus } from '@ostor-console/shared/whmcs'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { pageOf } from '../address/page-of.ts'
import { useRefusal } from '../api/role.ts'
import { type QueueSearch, SHOWN } from '../features/messages/messages.queries.ts'
import { QueuePanel } from '../features/messages/queue-panel.tsx'
import { ConnectionPanel } from '../features/whmcs/connection-panel.tsx'
import { DriftPanel } from '../features/whmcs/drift-panel.tsx'
import { OldSecretsPanel } from '../features/whmcs/old-secrets-panel.tsx'
import { InsidePanel, RightsPanel } from '../features/whmcs/rights-panel.tsx'
import { whmcsQuery } from '../features/whmcs/whmcs.queries.ts'
import { WhmcsBanner } from '../features/whmcs/whmcs-banner.tsx'
import { WhmcsOff } from '../features/whmcs/whmcs-off.tsx'
import { STATE_WORDS } from '../features/whmcs/whmcs-words.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { Page } from '../ui/page.tsx'
import { QueryContents } from '../ui/query-panel.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import './whmcs-page.css'

const route = getRouteApi('/c/$cluster/whmcs')

const TABS = ['connection', 'queue', 'drift', 'secrets'] as const
type Tab = (typeof TABS)[number]
const NAMES: Record<Tab, MessageDescriptor> = {
  connection: msg`Connection`,
  queue: msg`Queue`,
  drift: msg`Drift`,
  secrets: msg`Old secrets`,
}

/** How the console and WHMCS get on: connection, what it is to be told, where they differ, what is left of the old scripts. */
export function WhmcsPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const search = route.useSearch()
  const status = useQuery(whmcsQuery())
  const tab = TABS.find((each) => each === search['tab']) ?? 'connection'
  const { data } = status

  return (
    <Page
      title={t`WHMCS`}
      meta={
        data ? (
          <>
            <StateDot tone={STATE_WORDS[data.state].tone}>{t(STATE_WORDS[data.state].word)}</StateDot>
            {data.mode !== 'off' && <span>{t`mode ${data.mode}`}</span>}
          </>
        ) : (
          status.isPending && <Skeleton h={16} w={180} mt={4} />
        )
      }
    >
      <QueryContents query={status}>
        {(now) =>
          now.mode === 'off' ? (
            <WhmcsOff />
          ) : (
            <>
              <WhmcsBanner cluster={cluster} />
              <nav className="page-links" aria-label={t`About WHMCS`}>
                {TABS.map((each) => (
                  <Link
                    key={each}
                    to="/c/$cluster/whmcs"
                    params={{ cluster }}
                    search={each === 'connection' ? {} : { tab: each }}
                    activeOptions={{ exact: true }}
                    aria-current={each === tab ? 'page' : undefined}
                  >
                    {t(NAMES[each])}
                    {each === 'queue' && <Attention count={now.queue.needsAttention} />}
                  </Link>
                ))}
              </nav>
              <ErrorBoundary key={tab} what={t(NAMES[tab])}>
                <Contents tab={tab} status={now} />
              </ErrorBoundary>
            </>
          )
        }
      </QueryContents>
    </Page>
  )
}

function Contents({ tab, status }: { tab: Tab; status: WhmcsStatus }) {
  const { cluster } = route.useParams()
  switch (tab) {
    case 'connection':
      return (
        <div className="stack">
          <ConnectionPanel status={status} />
          <RightsPanel actions={status.actions} />
          <InsidePanel status={status} />
        </div>
      )
    case 'queue':
      return <Queue />
    case 'drift':
      return <DriftPanel cluster={cluster} />
    default:
      return <OldSecrets />
  }
}

function Queue() {
  const { cluster } = route.useParams()
  const search = queueSearch(route.useSearch())
  const navigate = route.useNavigate()
  return (
    <QueuePanel
      cluster={cluster}
      search={search}
      onShow={(change) => void navigate({ search: addressOf({ ...search, ...change }) })}
    />
  )
}

function OldSecrets() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const refusal = useRefusal('whmcs.manage')
  if (refusal === null) return <OldSecretsPanel cluster={cluster} />
  return (
    <section className="list" aria-label={t`Old secrets`}>
      <EmptyState title={t`Out of reach`}>{refusal}</EmptyState>
    </section>
  )
}

function Attention({ count }: { count: number }) {
  const { t } = useLingui()
  return count === 0 ? null : (
    <Badge size="sm" color="red" variant="light" aria-label={t`${count} need attention`}>
      {count}
    </Badge>
  )
}

const queueSearch = (search: Record<string, string>): QueueSearch => {
  const { client } = search
  return {
    show: SHOWN.find((each) => each === search['show']) ?? 'undelivered',
    ...(client && /^\d{1,10}$/.test(client) && { clientId: client }),
    ...pageOf(search),
  }
}

const addressOf = ({ show, clientId, page }: { show: string; clientId?: string | undefined; page?: string }) => ({
  tab: 'queue',
  ...(show !== 'undelivered' && { show }),
  ...(clientId && { client: clientId }),
  ...(page && page !== '1' && { page }),
})

import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Badge, Button, Skeleton, Tabs } from '@mantine/core'
import type { ClientDetail, ClientLink } from '@ostor-console/shared/clients'
import IconExternalLink from '@tabler/icons-react/dist/esm/icons/IconExternalLink.mjs'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { pageOf } from '../address/page-of.ts'
import { useAddress } from '../address/use-address.ts'
import { nameOf, STATUS_WORDS } from '../features/clients/client-words.ts'
import { clientQuery } from '../features/clients/clients.queries.ts'
import { NotesPanel } from '../features/clients/notes-panel.tsx'
import { ServicesPanel } from '../features/clients/services-panel.tsx'
import { shownLink } from '../features/clients/shown-link.ts'
import { type QueueSearch, SHOWN } from '../features/messages/messages.queries.ts'
import { QueuePanel } from '../features/messages/queue-panel.tsx'
import { WhmcsBanner } from '../features/whmcs/whmcs-banner.tsx'
import { AsOf } from '../ui/as-of.tsx'
import { CopyText } from '../ui/copy-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { ForeignText, shorten } from '../ui/foreign-text.tsx'
import { Page } from '../ui/page.tsx'
import { panelOnDemand } from '../ui/panel-on-demand.tsx'
import { QueryContents } from '../ui/query-panel.tsx'
import { ServerSentence } from '../ui/server-sentence.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import { ClientStorage } from './client-storage.tsx'

const UserAudit = panelOnDemand(() => import('../features/audit/user-audit.tsx'), 'UserAudit')

const route = getRouteApi('/c/$cluster/clients/$clientId')

const TABS = ['storage', 'services', 'whmcs', 'audit'] as const
type Tab = (typeof TABS)[number]
const NAMES: Record<Tab, MessageDescriptor> = {
  storage: msg`S3 users`,
  services: msg`Services`,
  whmcs: msg`Told to WHMCS`,
  audit: msg`Audit`,
}

/** A client of WHMCS: S3 users, services, what WHMCS was told, and the audit. */
export function ClientPage() {
  const { t } = useLingui()
  const { cluster, clientId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const client = useQuery(clientQuery(clientId))
  const { data } = client
  const tab = TABS.find((each) => each === search['tab']) ?? 'storage'
  return (
    <Page
      title={data ? shorten(nameOf(data), 80) : t`Client ${clientId}`}
      heading={data && <ForeignText text={nameOf(data)} cap={120} />}
      crumbs={
        <Link to="/c/$cluster/clients" params={{ cluster }} search={{}}>
          <Trans>Clients</Trans>
        </Link>
      }
      meta={data ? <Meta client={data} /> : client.isPending && <Skeleton h={16} w={260} mt={4} />}
      actions={
        <>
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/c/$cluster/clients/$clientId/report" params={{ cluster, clientId }} search={{}} {...props} />
            )}
          >
            <Trans>Report to print</Trans>
          </Button>
          {data?.whmcsUrl && <AtWhmcs url={data.whmcsUrl} />}
        </>
      }
    >
      <WhmcsBanner cluster={cluster} />
      <QueryContents query={client}>
        {(now) => (
          <>
            {now.freshness.staleReason && (
              <Alert color="yellow" role="alert" title={t`As the console last saw this client`}>
                <ServerSentence text={now.freshness.staleReason} />
              </Alert>
            )}
            <Tabs
              value={tab}
              keepMounted={false}
              onChange={(next) => void navigate({ search: tabSearch(search, next) })}
            >
              <Tabs.List className="tabs">
                {TABS.map((each) => (
                  <Tabs.Tab
                    key={each}
                    value={each}
                    rightSection={
                      each === 'whmcs' &&
                      now.undelivered > 0 && (
                        <Badge size="sm" variant="light" tt="none">
                          <Trans>{now.undelivered} queued</Trans>
                        </Badge>
                      )
                    }
                  >
                    {t(NAMES[each])}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              {TABS.map((each) => (
                <Tabs.Panel key={each} value={each} pt="md">
                  <ErrorBoundary what={t(NAMES[each])}>
                    <Contents tab={each} client={now} />
                  </ErrorBoundary>
                </Tabs.Panel>
              ))}
            </Tabs>
          </>
        )}
      </QueryContents>
    </Page>
  )
}

function Contents({ tab, client }: { tab: Tab; client: ClientDetail }) {
  const { cluster } = route.useParams()
  const { user, of } = route.useSearch()
  const navigate = route.useNavigate()
  switch (tab) {
    case 'storage':
      return (
        <ClientStorage
          cluster={cluster}
          client={client}
          shown={shownLink(client.links, { user, of })}
          onShow={(next) => void navigate({ search: (before) => ({ ...before, ...next }), resetScroll: false })}
        />
      )
    case 'services':
      return <ServicesPanel services={client.services} />
    case 'whmcs':
      return (
        <div className="stack">
          <Queue cluster={cluster} clientId={String(client.id)} />
          <NotesPanel notes={client.notes} />
        </div>
      )
    default:
      return <Audit link={shownLink(client.links, { user, of })} />
  }
}

function Meta({ client }: { client: ClientDetail }) {
  const { t } = useLingui()
  const { id, company, email, status, currency, freshness } = client
  return (
    <>
      <StateDot tone={STATUS_WORDS[status].tone}>{t(STATUS_WORDS[status].word)}</StateDot>
      {company && company !== nameOf(client) && <ForeignText text={company} cap={80} />}
      <span>{t`Client ${id}`}</span>
      <CopyText text={email} label={t`e-mail`} cap={120} />
      {currency && <span translate="no">{currency}</span>}
      <AsOf freshness={freshness} source={t`Read from WHMCS`} />
    </>
  )
}

const AtWhmcs = ({ url }: { url: string }) => (
  <Button
    component="a"
    href={url}
    target="_blank"
    rel="noopener noreferrer"
    variant="default"
    rightSection={<IconExternalLink size={15} aria-hidden="true" />}
  >
    <Trans>Open in WHMCS</Trans>
  </Button>
)

function Queue({ cluster, clientId }: { cluster: string; clientId: string }) {
  const [address, setAddress] = useAddress()
  const show = SHOWN.find((each) => each === address['show']) ?? 'all'
  const asked: QueueSearch = { show, clientId, ...pageOf(address) }
  return (
    <QueuePanel
      cluster={cluster}
      search={asked}
      isOfOneClient
      onShow={(change) => setAddress({ page: undefined, ...change })}
    />
  )
}

/** What was done to the S3 user of the client; with several of them, to the one that is shown. */
function Audit({ link }: { link: ClientLink | undefined }) {
  const { t } = useLingui()
  return link ? (
    <UserAudit cluster={link.cluster} userId={link.userId} />
  ) : (
    <section className="list" aria-label={t`Audit`}>
      <EmptyState title={t`Nothing yet`}>
        <Trans>What is done to the S3 users of this client stands here.</Trans>
      </EmptyState>
    </section>
  )
}

const tabSearch = ({ user, of }: Record<string, string>, tab: string | null) => ({
  ...(user && { user }),
  ...(of && { of }),
  ...(tab && tab !== 'storage' && { tab }),
})

import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { Bucket } from '@ostor-console/shared/buckets'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { LastChange } from '../features/audit/last-change.tsx'
import { Owner, Size } from '../features/buckets/bucket-cells.tsx'
import { bucketQuery } from '../features/buckets/buckets.queries.ts'
import { StoragePanel } from '../features/storage/storage-panel.tsx'
import { UsagePanel } from '../features/usage/usage-panel.tsx'
import { useRange } from '../features/usage/use-range.ts'
import { formatInstant } from '../format/dates.ts'
import { Age } from '../ui/age.tsx'
import { AsOf } from '../ui/as-of.tsx'
import { CopyText } from '../ui/copy-text.tsx'
import { Facts } from '../ui/facts.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { useLastError } from '../ui/last-error.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { panelOnDemand } from '../ui/panel-on-demand.tsx'
import { problemOf } from '../ui/problem-alert.tsx'
import { QueryPanel } from '../ui/query-panel.tsx'
import { Unknown } from '../ui/unknown.tsx'
import { PageTabs } from './page-tabs.tsx'
import { useFlags } from './usage-flags.ts'

const LimitsPanel = panelOnDemand(() => import('../features/limits/limits-panel.tsx'), 'LimitsPanel')
const QuotaPanel = panelOnDemand(() => import('../features/quotas/quota-panel.tsx'), 'QuotaPanel')
const ReplicationPanel = panelOnDemand(
  () => import('../features/replication/replication-panel.tsx'),
  'ReplicationPanel',
)
const AuditTable = panelOnDemand(() => import('../features/audit/audit-table.tsx'), 'AuditTable')

const NAMES = {
  overview: msg`Overview`,
  limits: msg`Limits and quota`,
  replication: msg`Replication`,
  audit: msg`Audit`,
}
type BucketTab = keyof typeof NAMES
const TABS: readonly BucketTab[] = ['overview', 'limits', 'replication', 'audit']
/** What is left of a bucket that is gone. */
const PAST: readonly BucketTab[] = ['overview', 'audit']

const route = getRouteApi('/c/$cluster/buckets/$bucket')

export function BucketPage() {
  const { t } = useLingui()
  const { cluster, bucket } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const facts = useQuery(bucketQuery(cluster, bucket))
  const error = useLastError(facts)
  const gone = facts.data === undefined && problemOf(error).type === '/problems/bucket-not-found'
  const tabs = gone ? PAST : TABS
  const panels: Record<BucketTab, ReactNode> = {
    overview: (
      <div className="panels">
        <QueryPanel title={t`Bucket`} query={facts} note={facts.data && <AsOf freshness={facts.data.freshness} />}>
          {(data) => <BucketFacts cluster={cluster} bucket={data} />}
        </QueryPanel>
        <BucketUsage cluster={cluster} bucket={bucket} />
      </div>
    ),
    limits: (
      <div className="stack">
        <LimitsPanel cluster={cluster} target={{ bucket }} />
        <QuotaPanel cluster={cluster} target={{ bucket }} />
      </div>
    ),
    replication: <ReplicationPanel cluster={cluster} bucket={bucket} />,
    audit: (
      <Panel title={t`Audit`} flush>
        <AuditTable cluster={cluster} filter={{ bucket }} />
      </Panel>
    ),
  }
  return (
    <Page
      title={t`Bucket ${bucket.slice(0, 80)}`}
      heading={<ForeignText text={bucket} cap={120} />}
      crumbs={
        <Link to="/c/$cluster/buckets" params={{ cluster }}>
          <Trans>Buckets</Trans>
        </Link>
      }
    >
      <LastChange cluster={cluster} subject={{ bucket }} />
      <PageTabs
        tabs={tabs.map((tab) => ({ tab, title: t(NAMES[tab]), panel: panels[tab] }))}
        open={tabs.find((tab) => tab === search['tab']) ?? 'overview'}
        onOpen={(tab) => void navigate({ search: tab === 'overview' ? {} : { tab } })}
      />
    </Page>
  )
}

function BucketUsage({ cluster, bucket }: { cluster: string; bucket: string }) {
  const [choice, choose] = useRange()
  const flags = useFlags(cluster, { bucket })
  return (
    <>
      <UsagePanel cluster={cluster} bucket={bucket} flags={flags} />
      <StoragePanel cluster={cluster} bucket={bucket} choice={choice} onChoose={choose} />
    </>
  )
}

function BucketFacts({ cluster, bucket }: { cluster: string; bucket: Bucket }) {
  const { t } = useLingui()
  const { name, epoch, createdAt, storedBytes, peakBytes, lastChangedAt } = bucket
  return (
    <Facts
      items={[
        [t`Name`, <CopyText key="name" text={name} label={t`bucket name`} cap={96} />],
        [t`Owner`, <Owner key="owner" cluster={cluster} bucket={bucket} />],
        [t`Size`, <Size key="size" bytes={storedBytes} />],
        [t`Peak of the last hour`, <Size key="peak" bytes={peakBytes} />],
        [t`Size changed`, lastChangedAt ? <Age key="changed" at={lastChangedAt} /> : unknown],
        [t`Created`, createdAt ? formatInstant(createdAt) : unknown],
        [
          t`Epoch`,
          epoch === null ? (
            unknown
          ) : (
            <span key="epoch" className="num">
              {epoch}
            </span>
          ),
        ],
      ]}
    />
  )
}

const unknown = <Unknown />

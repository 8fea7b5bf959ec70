import { Trans, useLingui } from '@lingui/react/macro'
import type { Cluster } from '@ostor-console/shared/cluster'
import type { Freshness } from '@ostor-console/shared/figure'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { connectionQuery } from '../features/connection/connection.queries.ts'
import { sessionQuery } from '../features/session/session.queries.ts'
import { exactBytes, formatBytes } from '../format/bytes.ts'
import { formatCount } from '../format/counts.ts'
import { Age } from '../ui/age.tsx'
import { AsOf } from '../ui/as-of.tsx'
import { EntriesTable } from '../ui/entries-table.tsx'
import { Figure, Figures } from '../ui/figure.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import { NotKnown } from '../ui/unknown.tsx'
import { addUp, olderOf, type Sum } from './clusters-sum.ts'
import { bucketsSummaryQuery, usersSummaryQuery } from './overview.queries.ts'
import { checksOf, verdictOf, waitsOf } from './overview-state.ts'
import { useKnown } from './overview-status.tsx'

/** All clusters side by side, each with its own verdict, and what they come to together. */
export function ClustersPage() {
  const { t } = useLingui()
  const clusters = useQuery(sessionQuery()).data?.clusters ?? []
  const columns = [t`Cluster`, t`State`, t`Users`, t`Buckets`, t`Stored`, t`Lists`, t`Usage collected`]
  return (
    <Page title={t`All clusters`} meta={t`Every cluster that this console manages, side by side`}>
      <Together clusters={clusters} />
      <Panel title={t`Clusters`} flush>
        <EntriesTable label={t`Clusters`} columns={columns} ends={columns.slice(2, 5)}>
          {clusters.map((cluster) => (
            <ClusterRow key={cluster.id} cluster={cluster} />
          ))}
        </EntriesTable>
      </Panel>
    </Page>
  )
}

type Listed = { data: { freshness: Freshness } | undefined; isError: boolean }
type Write = (value: bigint) => string

function Together({ clusters }: { clusters: Cluster[] }) {
  const { t } = useLingui()
  const users = useQueries({ queries: clusters.map(({ id }) => usersSummaryQuery(id)) })
  const buckets = useQueries({ queries: clusters.map(({ id }) => bucketsSummaryQuery(id)) })
  const all = formatCount(clusters.length)
  const figure = (label: string, lists: Listed[], sum: Sum, write: Write, exact?: Write) => {
    const isLeast = sum.missing > 0
    const old = lists.filter(({ data, isError }) => data && (isError || data.freshness.staleReason !== null)).length
    const notes = [
      ...(isLeast ? [t`${formatCount(sum.missing)} of ${all} not known`] : []),
      ...(old > 0 ? [t`${formatCount(old)} of ${all} as last read`] : []),
    ]
    return (
      <Figure
        label={label}
        value={sum.total === null ? null : isLeast ? t`≥ ${write(sum.total)}` : write(sum.total)}
        {...(sum.total !== null && exact && { exact: isLeast ? t`≥ ${exact(sum.total)}` : exact(sum.total) })}
        note={notes.length > 0 ? notes.join(', ') : undefined}
      />
    )
  }
  return (
    <Panel title={t`All clusters together`}>
      <Figures>
        {figure(t`Users`, users, addUp(users.map(({ data }) => data?.summary.total)), formatCount)}
        {figure(t`Buckets`, buckets, addUp(buckets.map(({ data }) => data?.summary.total)), formatCount)}
        {figure(
          t`Stored`,
          buckets,
          addUp(buckets.map(({ data }) => data?.summary.storedBytes)),
          formatBytes,
          exactBytes,
        )}
      </Figures>
    </Panel>
  )
}

function ClusterRow({ cluster: { id, name, demo } }: { cluster: Cluster }) {
  const { t } = useLingui()
  const users = useQuery(usersSummaryQuery(id)).data
  const buckets = useQuery(bucketsSummaryQuery(id)).data
  const collectedAt = useQuery(connectionQuery(id)).data?.collectedAt
  const { known } = useKnown(id)
  const { tone, text } = verdictOf(checksOf(known), waitsOf(known))
  const stored = buckets?.summary.storedBytes ?? null
  const lists = olderOf(users?.freshness, buckets?.freshness)
  return (
    <tr>
      <td data-label={t`Cluster`}>
        <Link to="/c/$cluster/overview" params={{ cluster: id }} className="link">
          <ForeignText text={name} cap={80} />
        </Link>
        {demo && (
          <div className="entries-under">
            <Trans>Demo data</Trans>
          </div>
        )}
      </td>
      <td data-label={t`State`}>
        <StateDot tone={tone}>{text}</StateDot>
      </td>
      <td data-label={t`Users`} className="entries-end num">
        {users ? formatCount(users.summary.total) : <NotKnown />}
      </td>
      <td data-label={t`Buckets`} className="entries-end num">
        {buckets ? formatCount(buckets.summary.total) : <NotKnown />}
      </td>
      <td data-label={t`Stored`} className="entries-end num">
        {stored === null ? <NotKnown /> : <span title={exactBytes(stored)}>{formatBytes(stored)}</span>}
      </td>
      <td data-label={t`Lists`}>{lists ? <AsOf freshness={lists} /> : <NotKnown />}</td>
      <td data-label={t`Usage collected`}>{collected(collectedAt)}</td>
    </tr>
  )
}

const collected = (at: string | null | undefined): ReactNode => {
  if (at === undefined) return <NotKnown />
  return at === null ? <Trans>not yet</Trans> : <Age at={at} />
}

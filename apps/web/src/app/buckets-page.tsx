import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { BucketsTable } from '../features/buckets/buckets-table.tsx'
import { formatBytes } from '../format/bytes.ts'
import { Page } from '../ui/page.tsx'
import { bucketsSummaryQuery } from './overview.queries.ts'
import { bucketTraffic } from './traffic-column.tsx'

const route = getRouteApi('/c/$cluster/buckets')

export function BucketsPage() {
  const { t } = useLingui()
  const { cluster } = route.useParams()
  const traffic = useMemo(() => bucketTraffic(cluster), [cluster])
  const summary = useQuery(bucketsSummaryQuery(cluster)).data?.summary
  return (
    <Page
      title={t`Buckets`}
      meta={
        summary && (
          <span>
            {plural(summary.total, { one: '# bucket', other: '# buckets' })}
            {summary.storedBytes !== null && ` · ${t`${formatBytes(summary.storedBytes)} stored`}`}
          </span>
        )
      }
    >
      <BucketsTable cluster={cluster} more={traffic} />
    </Page>
  )
}

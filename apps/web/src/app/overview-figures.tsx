import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { DayFigures } from '../features/usage/day-figures.tsx'
import { exactBytes, formatBytes } from '../format/bytes.ts'
import { formatCount } from '../format/counts.ts'
import { AsOf } from '../ui/as-of.tsx'
import { Figure, Figures } from '../ui/figure.tsx'
import { NBSP } from '../ui/space.ts'
import { olderOf } from './clusters-sum.ts'
import { bucketsSummaryQuery, usersSummaryQuery } from './overview.queries.ts'

/** The cluster in five figures; one that cannot be read does not take the others with it. */
export function OverviewFigures({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const users = useQuery(usersSummaryQuery(cluster))
  const buckets = useQuery(bucketsSummaryQuery(cluster))
  const people = users.data?.summary
  const kept = buckets.data?.summary
  const stored = kept?.storedBytes ?? people?.storedBytes ?? null
  const read = olderOf(users.data?.freshness, buckets.data?.freshness)
  const link = { params: { cluster }, className: 'link' }

  return (
    <section className="panel overview-figures" aria-label={t`Totals`}>
      <Figures>
        <Figure
          label={t`Users`}
          value={
            people ? (
              <Link to="/c/$cluster/users" {...link}>
                {formatCount(people.total)}
              </Link>
            ) : (
              placeholder(users)
            )
          }
          note={
            people ? t`${formatCount(people.enabled)} enabled, ${formatCount(people.disabled)} disabled` : failed(users)
          }
        />
        <Figure
          label={t`Buckets`}
          value={
            kept ? (
              <Link to="/c/$cluster/buckets" {...link}>
                {formatCount(kept.total)}
              </Link>
            ) : (
              placeholder(buckets)
            )
          }
          note={failed(buckets)}
        />
        <Figure
          label={t`Stored`}
          value={stored === null ? placeholder(buckets) : formatBytes(stored)}
          {...(stored !== null && { exact: exactBytes(stored) })}
          note={stored === null && failed(buckets)}
        />
        <DayFigures cluster={cluster} />
      </Figures>
      {(read || buckets.isPending) && (
        <p className="overview-source">
          {read ? <AsOf freshness={read} source={t`Users, buckets and sizes: read from the gateway`} /> : NBSP}
        </p>
      )}
    </section>
  )
}

/** While it is read a grey bar; nothing, which is shown as unknown, once it failed or the gateway does not tell. */
const placeholder = ({ isPending }: UseQueryResult): ReactNode => (isPending ? <Skeleton h="1lh" w={90} /> : null)

const failed = ({ data, error }: UseQueryResult): string | undefined =>
  data === undefined ? (error ? t`could not be read` : NBSP) : undefined

import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatChange } from '../../format/counts.ts'
import { formatDay } from '../../format/dates.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { type Mover, moversOf, weeksTo } from './movers.ts'
import { collectorQuery, usageTopQuery } from './usage.queries.ts'
import './movers.css'

const LISTED = 100
const SHOWN = 3
/** Of a title and as many rows. */
const MOVERS_HEIGHT = 88
const ranking = { by: 'user', metric: 'traffic', limit: LISTED } as const

/** Whose traffic grew and fell most against the week before: who needs room soon, and who may be about to leave. */
export function MoversPanel({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const collector = useQuery(collectorQuery(cluster))
  const weeks = weeksTo(collector.data?.completeUntil ?? null)
  const now = useQuery({ ...usageTopQuery(cluster, weeks?.now ?? '7d', ranking), enabled: weeks !== null })
  const before = useQuery({ ...usageTopQuery(cluster, weeks?.before ?? '7d', ranking), enabled: weeks !== null })
  const title = t`Growing and falling`
  if (weeks === null) {
    return (
      <QueryPanel title={title} note={undefined} query={collector} skeleton={<MoversSkeleton />}>
        {() => <EmptyState title={t`No week is known whole yet`} />}
      </QueryPanel>
    )
  }
  return (
    <QueryPanel
      title={title}
      note={weeks && t`traffic by user, the week to ${formatDay(weeks.now.to)} against the one before`}
      query={before.data ? now : before}
      skeleton={<MoversSkeleton />}
    >
      {() => {
        const movers = before.data && now.data ? moversOf(before.data, now.data) : null
        if (movers === null) return <EmptyState title={t`Not comparable: not all of both weeks is known`} />
        if (movers.up.length + movers.down.length === 0) return <EmptyState title={t`No activity in both weeks`} />
        return (
          <div className="movers">
            <Movers cluster={cluster} title={t`Growing most`} movers={movers.up} />
            <Movers cluster={cluster} title={t`Falling most`} movers={movers.down} />
          </div>
        )
      }}
    </QueryPanel>
  )
}

const Movers = ({ cluster, title, movers }: { cluster: string; title: string; movers: Mover[] }) => (
  <div>
    <h3>{title}</h3>
    {movers.length === 0 ? (
      <p className="movers-none">
        <Trans>Nobody</Trans>
      </p>
    ) : (
      <ul aria-label={title}>
        {movers.slice(0, SHOWN).map((mover) => (
          <li key={mover.id}>
            <Link
              className="link movers-name"
              to="/c/$cluster/users/$userId"
              params={{ cluster, userId: mover.id }}
              search={{ tab: 'usage' }}
            >
              <ForeignText text={mover.label ?? mover.id} cap={64} />
            </Link>
            <span className="num" title={exactBytes(size(mover.change))}>
              {mover.change > 0n ? '+' : '−'}
              {formatBytes(size(mover.change))}
            </span>
            <span className="num movers-share">{changeOf(mover)}</span>
          </li>
        ))}
      </ul>
    )}
  </div>
)

/** As high as what comes. */
const MoversSkeleton = () => (
  <output className="movers" aria-label="Loading">
    {['up', 'down'].map((way) => (
      <Skeleton key={way} h={MOVERS_HEIGHT} />
    ))}
  </output>
)

const size = (change: bigint): bigint => (change < 0n ? -change : change)

const changeOf = ({ before, now }: Mover): string => {
  if (before === null || now === null) return t`at least`
  if (now === 0n) return t`silent`
  return formatChange(before, now) ?? t({ message: 'new', context: 'had nothing the week before' })
}

import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { LastChange } from '../features/audit/last-change.tsx'
import { scheduledQuery } from '../features/scheduled/scheduled.queries.ts'
import { ScheduledNotices } from '../features/scheduled/scheduled-notices.tsx'
import { DayFigures } from '../features/usage/day-figures.tsx'
import { UserActions } from '../features/users/user-actions.tsx'
import { UserStateDot } from '../features/users/user-columns.tsx'
import { lockedBecause } from '../features/users/user-lock.ts'
import { UserOverview } from '../features/users/user-overview.tsx'
import { userQuery } from '../features/users/users.queries.ts'
import '../features/users/users.css'
import { AsOf } from '../ui/as-of.tsx'
import { CopyText } from '../ui/copy-text.tsx'
import { ForeignText, shorten } from '../ui/foreign-text.tsx'
import { useLastError } from '../ui/last-error.ts'
import { Page } from '../ui/page.tsx'
import { panelOnDemand } from '../ui/panel-on-demand.tsx'
import { ProblemAlert, problemOf } from '../ui/problem-alert.tsx'
import { StaleBanner } from '../ui/query-panel.tsx'
import { PageTabs } from './page-tabs.tsx'
import { USER_TABS, type UserTab, userSearch } from './user.search.ts'
import { UserClient } from './user-client.tsx'

const UserKeys = panelOnDemand(() => import('./user-keys.tsx'), 'UserKeys')
const AccountsPanel = panelOnDemand(() => import('../features/accounts/accounts-panel.tsx'), 'AccountsPanel')
const LimitsPanel = panelOnDemand(() => import('../features/limits/limits-panel.tsx'), 'LimitsPanel')
const QuotaPanel = panelOnDemand(() => import('../features/quotas/quota-panel.tsx'), 'QuotaPanel')
const BucketsTable = panelOnDemand(() => import('../features/buckets/buckets-table.tsx'), 'BucketsTable')
const UserUsage = panelOnDemand(() => import('./user-usage.tsx'), 'UserUsage')
const UserAudit = panelOnDemand(() => import('../features/audit/user-audit.tsx'), 'UserAudit')

const NAMES: Record<UserTab, MessageDescriptor> = {
  overview: msg`Overview`,
  keys: msg`Keys`,
  limits: msg`Limits and quota`,
  buckets: msg`Buckets`,
  usage: msg`Usage`,
  audit: msg`Audit`,
}

/** What is left of a user who is gone. */
const PAST = ['usage', 'audit'] as const

const NONE: ScheduledChange[] = []

const route = getRouteApi('/c/$cluster/users/$userId')

export function UserPage() {
  const { t } = useLingui()
  const { cluster, userId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const user = useQuery(userQuery(cluster, userId))
  const { data } = user
  const error = useLastError(user)
  const changes = useQuery(scheduledQuery(cluster, userId)).data?.open ?? NONE
  const gone = data === undefined && problemOf(error).type === '/problems/user-not-found'
  const tabs = gone ? PAST : USER_TABS
  const tab = tabs.find((each) => each === search.tab) ?? tabs[0]
  const locked = data ? lockedBecause(data) : null

  const panels: Record<UserTab, ReactNode> = {
    overview: data ? (
      <UserOverview user={data} more={<DayFigures cluster={cluster} target={{ userId }} />} />
    ) : (
      error === null && <Skeleton h={180} radius="md" />
    ),
    keys: (
      <div className="stack">
        <UserKeys cluster={cluster} userId={userId} locked={locked} changes={changes} />
        {data?.accounts !== undefined && (
          <AccountsPanel
            cluster={cluster}
            userId={userId}
            accounts={data.accounts}
            locked={locked}
            onReadAgain={() => void user.refetch()}
          />
        )}
      </div>
    ),
    limits: (
      <div className="stack">
        <LimitsPanel cluster={cluster} target={{ userId }} locked={locked} />
        <QuotaPanel cluster={cluster} target={{ userId }} locked={locked} />
      </div>
    ),
    buckets: <BucketsTable cluster={cluster} ownerId={userId} />,
    usage: <UserUsage cluster={cluster} userId={userId} />,
    audit: <UserAudit cluster={cluster} userId={userId} />,
  }

  return (
    <Page
      title={data ? shorten(data.email, 80) : t`User ${shorten(userId, 40)}`}
      heading={data ? <ForeignText text={data.email} cap={120} /> : <ForeignText text={userId} cap={40} mono />}
      crumbs={
        <Link to="/c/$cluster/users" params={{ cluster }}>
          <Trans>Users</Trans>
        </Link>
      }
      meta={
        data ? (
          <>
            <UserStateDot state={data.state} />
            <CopyText text={data.id} label={t`user id`} />
            <AsOf freshness={data.freshness} />
            <UserClient cluster={cluster} userId={userId} email={data.email} />
          </>
        ) : (
          error === null && <MetaSkeleton userId={userId} />
        )
      }
      actions={
        data ? (
          <UserActions
            cluster={cluster}
            user={data}
            locked={locked}
            onDeleted={() => void navigate({ to: '/c/$cluster/users', params: { cluster }, search: {} })}
          />
        ) : (
          error === null && <Skeleton h={36} w={200} radius="sm" />
        )
      }
    >
      {error &&
        (data ? (
          <StaleBanner since={user.dataUpdatedAt} error={error} onRetry={() => void user.refetch()} />
        ) : (
          <ProblemAlert error={error} onRetry={() => void user.refetch()} isRetrying={user.isFetching} />
        ))}
      <ScheduledNotices cluster={cluster} changes={changes} />
      <LastChange cluster={cluster} subject={{ userId }} />
      <PageTabs
        tabs={tabs.map((each) => ({ tab: each, title: t(NAMES[each]), panel: panels[each] }))}
        open={tab}
        onOpen={(next) => void navigate({ search: userSearch({ tab: next }) })}
      />
    </Page>
  )
}

/** About as large as what comes, so that it takes as many lines on a phone. */
function MetaSkeleton({ userId }: { userId: string }) {
  const { t } = useLingui()
  return (
    <>
      <Skeleton h="1lh" w={68} />
      <CopyText text={userId} label={t`user id`} />
      <Skeleton h="1lh" w={200} />
    </>
  )
}

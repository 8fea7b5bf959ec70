import { Trans, useLingui } from '@lingui/react/macro'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ReportFrame } from './report-frame.tsx'
import { UserReport } from './user-report.tsx'

const route = getRouteApi('/c/$cluster/users/$userId/report')

export function UserReportPage() {
  const { t } = useLingui()
  const { cluster, userId } = route.useParams()
  return (
    <ReportFrame
      title={t`Usage report of ${userId}`}
      crumbs={
        <Link to="/c/$cluster/users/$userId" params={{ cluster, userId }} search={{ tab: 'usage' }}>
          <Trans>User</Trans>
        </Link>
      }
    >
      {(choice) => <UserReport cluster={cluster} userId={userId} choice={choice} />}
    </ReportFrame>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { nameOf } from '../features/clients/client-words.ts'
import { clientQuery } from '../features/clients/clients.queries.ts'
import { formatInstant } from '../format/dates.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { QueryContents } from '../ui/query-panel.tsx'
import { ReportFrame } from './report-frame.tsx'
import { UserReport } from './user-report.tsx'

const route = getRouteApi('/c/$cluster/clients/$clientId/report')

/** All S3 users of a client, each on a sheet of its own. */
export function ClientReportPage() {
  const { t } = useLingui()
  const { cluster, clientId } = route.useParams()
  const client = useQuery(clientQuery(clientId))
  return (
    <ReportFrame
      title={t`Usage report of client ${clientId}`}
      crumbs={
        <Link to="/c/$cluster/clients/$clientId" params={{ cluster, clientId }} search={{}}>
          <Trans>Client</Trans>
        </Link>
      }
    >
      {(choice) => (
        <QueryContents
          query={client}
          isEmpty={({ links }) => links.length === 0}
          empty={<EmptyState title={t`No S3 user is linked to this client`} />}
        >
          {(found) => (
            <>
              <p className="report-client">
                <ForeignText text={nameOf(found)} cap={120} /> · {t`client ${found.id}`}
              </p>
              {found.links.map((link) => (
                <UserReport
                  key={`${link.cluster} ${link.userId}`}
                  cluster={link.cluster}
                  userId={link.userId}
                  choice={choice}
                  note={t`Linked to this client since ${formatInstant(link.linkedAt)}. What it used before is listed as well; a bill goes to whoever had it at the end of the month.`}
                />
              ))}
            </>
          )}
        </QueryContents>
      )}
    </ReportFrame>
  )
}

import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from '../features/session/session.queries.ts'
import { StorageReport } from '../features/storage/storage-report.tsx'
import { UsageReport } from '../features/usage/usage-report.tsx'
import { UserStateDot } from '../features/users/user-columns.tsx'
import { userQuery } from '../features/users/users.queries.ts'
import type { RangeChoice } from '../format/ranges.ts'
import { ForeignText } from '../ui/foreign-text.tsx'

type Props = { cluster: string; userId: string; choice: RangeChoice; note?: string }

/** One user on paper. Whoever is gone has a report all the same: what they used stays known. */
export function UserReport({ cluster, userId, choice, note }: Props) {
  const name = useQuery(sessionQuery()).data?.clusters.find(({ id }) => id === cluster)?.name ?? cluster
  const user = useQuery(userQuery(cluster, userId)).data
  return (
    <article className="report-user">
      <h2>{user ? <ForeignText text={user.email} cap={120} /> : <ForeignText text={userId} cap={40} mono />}</h2>
      <p className="report-who">
        <span>
          <Trans>
            S3 user {userId} of <ForeignText text={name} cap={60} />
          </Trans>
        </span>
        {user && <UserStateDot state={user.state} />}
      </p>
      {note !== undefined && <p className="report-who">{note}</p>}
      <UsageReport cluster={cluster} userId={userId} choice={choice} />
      <StorageReport cluster={cluster} userId={userId} choice={choice} />
    </article>
  )
}

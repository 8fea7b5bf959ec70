import { useQuery } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import { sessionQuery } from '../features/session/session.queries.ts'
import { FirstCluster } from './first-cluster.tsx'

/** A client belongs to no cluster: its page is shown within the first one. */
export function ClientAnywhere() {
  const { clientId } = useParams({ from: '/clients/$clientId' })
  const first = useQuery(sessionQuery()).data?.clusters[0]
  if (!first) return <FirstCluster />
  return <Navigate to="/c/$cluster/clients/$clientId" params={{ cluster: first.id, clientId }} search={{}} replace />
}

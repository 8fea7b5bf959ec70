import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { sessionQuery } from '../features/session/session.queries.ts'
import { Splash } from '../ui/splash.tsx'

export function FirstCluster() {
  const first = useQuery(sessionQuery()).data?.clusters[0]
  if (first) return <Navigate to="/c/$cluster/overview" params={{ cluster: first.id }} replace />
  return <Splash>No cluster is set up. Set OSTOR_ENDPOINT and restart the console.</Splash>
}

import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { clustersQuery } from '../features/clusters/clusters.queries.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { Splash } from '../ui/splash.tsx'

export function FirstCluster() {
  const clusters = useQuery(clustersQuery())
  const first = clusters.data?.[0]
  if (first) return <Navigate to="/c/$cluster/overview" params={{ cluster: first.id }} replace />
  if (clusters.isPending) return <Splash />
  return (
    <Splash>
      {clusters.error ? (
        <ProblemAlert error={clusters.error} onRetry={() => void clusters.refetch()} />
      ) : (
        'No cluster is set up. Set OSTOR_ENDPOINT and restart the console.'
      )}
    </Splash>
  )
}

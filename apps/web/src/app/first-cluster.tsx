import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useFleetRefusal } from '../api/role.ts'
import { sessionQuery } from '../features/session/session.queries.ts'
import { Splash } from '../ui/splash.tsx'

export function FirstCluster() {
  const first = useQuery(sessionQuery()).data?.clusters[0]
  if (first) return <Navigate to="/c/$cluster" params={{ cluster: first.id }} replace />
  return (
    <Splash>
      <Trans>No cluster is set up. Set OSTOR_ENDPOINT and restart the console.</Trans>
    </Splash>
  )
}

/** Where a console begins: with what it has to say about all users, or with those that one is limited to. */
export function FirstPage() {
  const isLimited = useFleetRefusal() !== null
  return <Navigate from="/c/$cluster" to={isLimited ? '/c/$cluster/users' : '/c/$cluster/overview'} replace />
}

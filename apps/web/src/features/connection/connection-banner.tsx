import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { ErrorBoundary } from '../../ui/error-boundary.tsx'
import { connectionQuery } from './connection.queries.ts'
import { isBroken } from './connection-state.ts'

const ConnectionAlert = lazy(() => import('./connection-alert.tsx'))

type Props = {
  cluster: string
  /** Scheme, host and port of the gateway. */
  endpoint: string
}

/** Over every page while the gateway does not serve the console; nothing while it does. What is on the page stays. */
export function ConnectionBanner({ cluster, endpoint }: Props) {
  const { data: connection } = useQuery(connectionQuery(cluster))
  if (!connection || !isBroken(connection)) return null
  return (
    <ErrorBoundary what="What is wrong with the gateway">
      <Suspense>
        <ConnectionAlert connection={connection} cluster={cluster} endpoint={endpoint} />
      </Suspense>
    </ErrorBoundary>
  )
}

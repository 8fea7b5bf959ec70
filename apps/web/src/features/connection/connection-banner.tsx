import { t } from '@lingui/core/macro'
import { useQuery } from '@tanstack/react-query'
import { bannerOnDemand } from '../../ui/panel-on-demand.tsx'
import { connectionQuery } from './connection.queries.ts'
import { isBroken } from './connection-state.ts'

const ConnectionAlert = bannerOnDemand(
  () => import('./connection-alert.tsx'),
  () => t`What is wrong with the gateway`,
)

type Props = {
  cluster: string
  /** Scheme, host and port of the gateway. */
  endpoint: string
}

/** Over every page while the gateway does not serve the console; nothing while it does. What is on the page stays. */
export function ConnectionBanner({ cluster, endpoint }: Props) {
  const { data: connection } = useQuery(connectionQuery(cluster))
  if (!connection || !isBroken(connection)) return null
  return <ConnectionAlert connection={connection} cluster={cluster} endpoint={endpoint} />
}

import { createConnection } from './adapters/gateway/connection.ts'
import { createDirectory } from './adapters/gateway/directory.ts'
import { createGateway } from './adapters/gateway/gateway.ts'
import { statisticsOf } from './adapters/store/statistics.ts'
import type { Store } from './adapters/store/store.ts'
import { usageOf } from './adapters/store/usage.ts'
import type { ClusterParts } from './clusters.ts'
import type { ClusterConfig } from './config.ts'
import { createCollector } from './features/usage/collector.ts'

const USER_ID_LENGTH = 16

type Log = Record<'info' | 'warn', (details: object, message: string) => void>
type Parts = { store: Store; log: Log; demo?: boolean; now?: () => Date }

/** The adapters of one cluster, and its collector, which waits to be started. Nothing is asked of the gateway yet. */
export const openCluster = (config: ClusterConfig, { store, log, demo = false, ...parts }: Parts): ClusterParts => {
  const { id, name, endpoint, accessKeyId, signature } = config
  const gateway = createGateway(config, parts)
  const connection = createConnection(gateway, parts)
  const cluster = { id, name, endpoint, accessKeyId, signature, demo }
  const collector = createCollector({
    cluster,
    gateway,
    statistics: statisticsOf(store),
    usage: usageOf(store),
    log,
    clockSkewSeconds: () => connection.state().clockSkewSeconds,
    ...parts,
  })
  return {
    cluster,
    gateway,
    directory: createDirectory(gateway, parts),
    connection,
    collector,
    ownUserId: accessKeyId.slice(0, USER_ID_LENGTH),
  }
}

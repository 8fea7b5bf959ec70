import type { Cluster } from '@ostor-console/shared/cluster'
import { problem } from '@ostor-console/shared/problem'
import type { ConnectionMonitor } from './adapters/gateway/connection.ts'
import type { Directory } from './adapters/gateway/directory.ts'
import type { Gateway, GatewayParts } from './adapters/gateway/gateway.ts'
import type { Lease } from './adapters/store/lease.ts'
import type { KnownQuotas } from './features/quotas/known-quotas.ts'
import type { QuotaReader } from './features/quotas/quota-reader.ts'
import type { Sampler } from './features/storage/sampler.ts'
import type { Collector } from './features/usage/collector.ts'
import type { KeptDirectory } from './kept-directory.ts'

export type ClusterParts = {
  cluster: Cluster
  gateway: Gateway
  /** A client of its own on the same gateway, which waits before every request. */
  openPaced: (pace: NonNullable<GatewayParts['pace']>) => Gateway
  directory: Directory
  /** The lists of the directory as the store has them. */
  kept: Pick<KeptDirectory, 'settled'>
  connection: ConnectionMonitor
  collector: Collector
  sampler: Sampler
  /** What is known of the quotas of users. */
  quotas: Pick<KnownQuotas, 'now' | 'forAll'>
  quotaReader: QuotaReader
  /** Held by the one process that collects. */
  lease: Lease
  /** The user whose key the console signs with: the first 16 characters of the access key id. */
  ownUserId: string
}

export type Clusters = {
  all: readonly ClusterParts[]
  /** Throws `cluster-not-found`. */
  get(id: string): ClusterParts
}

export const clustersOf = (all: readonly ClusterParts[]): Clusters => {
  const byId = new Map(all.map((parts) => [parts.cluster.id, parts]))
  return {
    all,
    get(id) {
      const parts = byId.get(id)
      if (!parts) throw problem('cluster-not-found')
      return parts
    },
  }
}

import { randomUUID } from 'node:crypto'
import { createConnection } from './adapters/gateway/connection.ts'
import { createDialect } from './adapters/gateway/dialect.ts'
import { createDirectory } from './adapters/gateway/directory.ts'
import { createGateway } from './adapters/gateway/gateway.ts'
import { createLanes } from './adapters/gateway/lanes.ts'
import { collectorFactsOf } from './adapters/store/collector-facts.ts'
import { gatewayFactsOf } from './adapters/store/gateway-facts.ts'
import { keptListsOf } from './adapters/store/kept-lists.ts'
import { createLease } from './adapters/store/lease.ts'
import { rollUpsOf } from './adapters/store/roll-ups.ts'
import { statisticsOf } from './adapters/store/statistics.ts'
import { storageOf } from './adapters/store/storage.ts'
import type { Store } from './adapters/store/store.ts'
import { usageOf } from './adapters/store/usage.ts'
import type { ClusterParts } from './clusters.ts'
import type { ClusterConfig } from './config.ts'
import { createSampler } from './features/storage/sampler.ts'
import { createCollector } from './features/usage/collector.ts'
import { keptDirectory } from './kept-directory.ts'

const USER_ID_LENGTH = 16
/** This process, among those that share a store. */
const PROCESS = randomUUID()

type Log = Record<'info' | 'warn', (details: object, message: string) => void>
type Parts = {
  store: Store
  log: Log
  staleAfterMs: number
  retentionDays?: number | null
  demo?: boolean
  now?: () => Date
}

/** The adapters of one cluster, and its collector, which waits to be started. Nothing is asked of the gateway yet. */
export const openCluster = async (
  config: ClusterConfig,
  { store, log, staleAfterMs, retentionDays = null, demo = false, ...parts }: Parts,
): Promise<ClusterParts> => {
  const { id, name, endpoint, accessKeyId, signature } = config
  const facts = gatewayFactsOf(store, id, endpoint)
  const dialect = createDialect({
    ...parts,
    fixed: config.dialect,
    known: await facts.load(),
    async onLearned(topic, learned) {
      log.info({ cluster: id, topic, ...learned }, 'the gateway taught something of its ways')
      await facts.save(topic, learned).catch((err: unknown) => log.warn({ err, topic }, 'what was learned is not kept'))
    },
  })
  const lanes = createLanes()
  const gateway = createGateway(config, { ...parts, dialect, first: lanes.first })
  const connection = createConnection(gateway, parts)
  const cluster = { id, name, endpoint, accessKeyId, signature, demo }
  const clockSkewSeconds = () => connection.state().clockSkewSeconds
  const { now = () => new Date() } = parts
  const gatewayNow = () => new Date(now().getTime() + (clockSkewSeconds() ?? 0) * 1000)
  const storage = storageOf(store)
  const lease = createLease({ store, name: `collector/${id}`, holder: PROCESS, log })
  const kept = keptDirectory({ kept: keptListsOf(store, id, endpoint), log, isOurs: () => lease.isHeld(), now })
  const directory = createDirectory(gateway, { ...parts, kept })
  const sampler = createSampler({ cluster, directory, storage, gatewayNow, log, isOurs: lease.isHeld })
  const collector = createCollector({
    cluster,
    gateway,
    statistics: statisticsOf(store),
    rollUps: rollUpsOf(store),
    usage: usageOf(store),
    facts: collectorFactsOf(store, retentionDays),
    staleAfterMs,
    log,
    clockSkewSeconds,
    isOurs: lease.isHeld,
    ...parts,
  })
  return {
    cluster,
    gateway,
    openPaced: (pace) =>
      createGateway(config, {
        ...parts,
        dialect,
        // The slot last, so that the wait lets no two requests come closer together.
        pace: async () => {
          await lanes.clear()
          await pace()
        },
      }),
    directory,
    kept,
    connection,
    collector,
    sampler,
    lease,
    ownUserId: accessKeyId.slice(0, USER_ID_LENGTH),
  }
}

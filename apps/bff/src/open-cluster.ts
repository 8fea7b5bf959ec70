import { randomUUID } from 'node:crypto'
import { createConnection } from './adapters/gateway/connection.ts'
import { createDialect } from './adapters/gateway/dialect.ts'
import { createDirectory } from './adapters/gateway/directory.ts'
import { createGateway, type GatewayParts } from './adapters/gateway/gateway.ts'
import { createLanes } from './adapters/gateway/lanes.ts'
import { createPace } from './adapters/gateway/pace.ts'
import { bytesPerTold, quotaMeaning } from './adapters/gateway/quotas.ts'
import { collectorFactsOf } from './adapters/store/collector-facts.ts'
import { collectorTroubleOf } from './adapters/store/collector-trouble.ts'
import { gatewayFactsOf } from './adapters/store/gateway-facts.ts'
import { keptListsOf } from './adapters/store/kept-lists.ts'
import { createLease } from './adapters/store/lease.ts'
import { rollUpsOf } from './adapters/store/roll-ups.ts'
import { statisticsOf } from './adapters/store/statistics.ts'
import { storageOf } from './adapters/store/storage.ts'
import type { Store } from './adapters/store/store.ts'
import { usageOf } from './adapters/store/usage.ts'
import { userQuotasOf } from './adapters/store/user-quotas.ts'
import type { ClusterParts } from './clusters.ts'
import type { ClusterConfig } from './config.ts'
import { createKnownQuotas } from './features/quotas/known-quotas.ts'
import { createQuotaReader } from './features/quotas/quota-reader.ts'
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
  quotaReadsPerSecond?: number
  retentionDays?: number | null
  demo?: boolean
  now?: () => Date
}

/** The adapters of one cluster, and its collector, which waits to be started. Nothing is asked of the gateway yet. */
export const openCluster = async (
  config: ClusterConfig,
  { store, log, staleAfterMs, quotaReadsPerSecond = 0, retentionDays = null, demo = false, ...parts }: Parts,
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
  const quotas = createKnownQuotas({
    ...parts,
    kept: userQuotasOf(store, id, endpoint),
    meaningOf: (told) => quotaMeaning(told, dialect),
    bytesPerTold: () => bytesPerTold(dialect),
  })
  const asking: GatewayParts = { ...parts, dialect, onQuota: quotas }
  const gateway = createGateway(config, { ...asking, first: lanes.first })
  const openPaced: ClusterParts['openPaced'] = (pace) =>
    createGateway(config, {
      ...asking,
      // The slot last, so that the wait lets no two requests come closer together.
      pace: async () => {
        await lanes.clear()
        await pace()
      },
    })
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
    trouble: collectorTroubleOf(store, id),
    staleAfterMs,
    log,
    clockSkewSeconds,
    isOurs: lease.isHeld,
    ...parts,
  })
  const readsQuotas = quotaReadsPerSecond > 0 && !dialect.is('quotas', 'no')
  const pace = createPace({ perSecond: quotaReadsPerSecond })
  const quotaReader = createQuotaReader({
    cluster,
    directory,
    gateway: readsQuotas ? openPaced(() => pace.take()) : null,
    quotas,
    log,
    isOurs: lease.isHeld,
    now,
  })
  return {
    cluster,
    gateway,
    openPaced,
    directory,
    kept,
    connection,
    collector,
    sampler,
    quotas,
    quotaReader,
    lease,
    ownUserId: accessKeyId.slice(0, USER_ID_LENGTH),
  }
}

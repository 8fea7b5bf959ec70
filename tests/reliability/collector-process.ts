import { createGateway, type GatewayConfig } from '../../apps/bff/src/adapters/gateway/gateway.ts'
import { Secret } from '../../apps/bff/src/adapters/gateway/secret.ts'
import { statisticsOf } from '../../apps/bff/src/adapters/store/statistics.ts'
import { openStore, type StoreConfig } from '../../apps/bff/src/adapters/store/store.ts'
import { usageOf } from '../../apps/bff/src/adapters/store/usage.ts'
import { createCollector } from '../../apps/bff/src/features/usage/collector.ts'

// A process to be killed: it collects one round and says each step before and after it is made.

export type Collecting = {
  place: StoreConfig
  gateway: Pick<GatewayConfig, 'endpoint' | 'accessKeyId'> & { secretAccessKey: string }
  now: number
}

const say =
  <A extends unknown[], T>(step: string, work: (...given: A) => Promise<T>) =>
  async (...given: A): Promise<T> => {
    process.stdout.write(`${step} begins\n`)
    const result = await work(...given)
    process.stdout.write(`${step} ends\n`)
    return result
  }

const { place, gateway: address, now: at }: Collecting = JSON.parse(process.argv[2] ?? '')
const now = () => new Date(at)
const store = await openStore(place)
const gateway = createGateway(
  { ...address, secretAccessKey: Secret.of(address.secretAccessKey), signature: 'v2', region: 'us-east-1' },
  { now },
)
const statistics = statisticsOf(store)
await createCollector({
  cluster: { id: 'demo' },
  gateway: {
    listStatistics: say('list', (page) => gateway.listStatistics(page)),
    readStatistics: say('read', (name) => gateway.readStatistics(name)),
  },
  statistics: {
    ...statistics,
    recordListing: say('record', (cluster, listing) => statistics.recordListing(cluster, listing)),
    save: say('save', (cluster, changes) => statistics.save(cluster, changes)),
  },
  usage: usageOf(store),
  log: { info: () => {}, warn: () => {} },
  now,
}).round()
await gateway.close()
await store.close()

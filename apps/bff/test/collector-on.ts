import type { Gateway } from '../src/adapters/gateway/gateway.ts'
import { collectorFactsOf } from '../src/adapters/store/collector-facts.ts'
import { collectorTroubleOf } from '../src/adapters/store/collector-trouble.ts'
import { type RollUps, rollUpsOf } from '../src/adapters/store/roll-ups.ts'
import { statisticsOf } from '../src/adapters/store/statistics.ts'
import type { Store } from '../src/adapters/store/store.ts'
import { usageOf } from '../src/adapters/store/usage.ts'
import { type Collector, createCollector } from '../src/features/usage/collector.ts'

export type Lister = Pick<Gateway, 'listStatistics' | 'readStatistics'>
export type Clocks = Pick<Parameters<typeof createCollector>[0], 'now' | 'clockSkewSeconds' | 'isOurs'> & {
  rollUps?: RollUps
}

/** A collector on a store and nothing else; also for processes that run outside the tests. */
export const collectorOn = (store: Store, cluster: string, gateway: Lister, clocks: Clocks): Collector =>
  createCollector({
    cluster: { id: cluster },
    gateway,
    statistics: statisticsOf(store),
    rollUps: rollUpsOf(store),
    usage: usageOf(store),
    facts: collectorFactsOf(store, null),
    trouble: collectorTroubleOf(store, cluster),
    staleAfterMs: 300_000,
    log: { info: () => {}, warn: () => {} },
    ...clocks,
  })

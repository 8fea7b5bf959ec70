import { createGateway } from '../../apps/bff/src/adapters/gateway/gateway.ts'
import { Secret } from '../../apps/bff/src/adapters/gateway/secret.ts'
import type { Store } from '../../apps/bff/src/adapters/store/store.ts'
import { collectorOn, type Lister } from '../../apps/bff/test/collector-on.ts'
import type { Collecting } from './killing.ts'

/** The collector of a process that is nothing else. */
export const ownCollector = (
  store: Store,
  { cluster, gateway: { secretAccessKey, ...address } }: Collecting,
  { now, through = (gateway) => gateway }: { now: () => Date; through?: (gateway: Lister) => Lister },
) => {
  const secret = Secret.of(secretAccessKey)
  const config = { ...address, secretAccessKey: secret, signature: 'v2', region: 'us-east-1' } as const
  const gateway = createGateway(config, { now })
  return { collector: collectorOn(store, cluster, through(gateway), { now }), close: () => gateway.close() }
}

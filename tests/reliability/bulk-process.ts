import { createPace } from '../../apps/bff/src/adapters/gateway/pace.ts'
import { Secret } from '../../apps/bff/src/adapters/gateway/secret.ts'
import { auditOf } from '../../apps/bff/src/adapters/store/audit.ts'
import { bulkItemsOf } from '../../apps/bff/src/adapters/store/bulk-items.ts'
import { bulkRunsOf } from '../../apps/bff/src/adapters/store/bulk-runs.ts'
import { openStore } from '../../apps/bff/src/adapters/store/store.ts'
import { createBulkRunner } from '../../apps/bff/src/bulk-runner.ts'
import type { ClusterParts } from '../../apps/bff/src/clusters.ts'
import { createKeyShelf } from '../../apps/bff/src/features/bulk/key-shelf.ts'
import { openCluster } from '../../apps/bff/src/open-cluster.ts'
import { createTurns } from '../../apps/bff/src/writing/turns.ts'
import type { BulkTask } from './killing.ts'
import { called, killMeAt, step } from './steps.ts'
import { inSteps } from './store-in-steps.ts'

// A process to be killed, which works at bulk changes as long as there is an item to begin. It numbers its steps: before
// every statement to the store, after every transaction, before and after every call to the gateway.

const SILENT = { info: () => {}, warn: () => {}, error: () => {} }

type Gateway = ClusterParts['gateway']

const gatewayInSteps = (gateway: Gateway): Gateway =>
  Object.fromEntries(Object.entries(gateway).map(([name, call]) => [name, called(call as never)])) as never

const work = async ({ place, gateway, aheadMs }: BulkTask): Promise<void> => {
  const now = () => new Date(Date.now() + aheadMs)
  const opened = await openStore(place)
  const store = inSteps(opened, { statement: step, committed: step })
  const cluster = await openCluster(
    {
      id: 'demo',
      name: 'Demo',
      ...gateway,
      secretAccessKey: Secret.of(gateway.secretAccessKey),
      signature: 'v2',
      region: 'us-east-1',
      dialect: {},
    },
    { store, log: SILENT, staleAfterMs: 300_000 },
  )
  const runs = bulkRunsOf(store)
  const runner = createBulkRunner({
    cluster: { ...cluster, openPaced: (pace) => gatewayInSteps(cluster.openPaced(pace)) },
    runs,
    items: bulkItemsOf(store),
    audit: auditOf(store, { now }),
    shelf: createKeyShelf(),
    inTurn: createTurns(),
    log: SILENT,
    resultsDays: 90,
    pace: createPace(),
    now,
    wait: async () => undefined,
  })
  const isWaiting = async () => {
    const active = await bulkRunsOf(opened).active('demo')
    const counts = await bulkRunsOf(opened).counts(
      active.map(({ id }) => id),
      now(),
    )
    return [...counts.values()].some(({ states }) => (states.waiting ?? 0) > 0)
  }
  do await runner.round()
  while (await isWaiting())
  await runner.round()
  await runner.stop()
  await cluster.gateway.close()
  await opened.close()
  process.disconnect()
}

process.once('message', (task: BulkTask) => {
  killMeAt(task.killAt)
  void work(task)
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import { onTestFinished } from 'vitest'
import { auditOf } from '../src/adapters/store/audit.ts'
import { createNightly } from '../src/nightly.ts'
import { gatewayWithStatistics } from './collecting.ts'
import { type EngineName, emptyStore } from './stores.ts'

const MINUTE = 60_000

type Settings = { backs?: boolean; retentionDays?: number | null; rawStatisticsDays?: number }

/** A console from noon on, whose collector and whose nights come when a test says so. */
export const nights = async (
  engine: EngineName,
  { backs = true, retentionDays = null, rawStatisticsDays = 400 }: Settings = {},
  options: SimulatorOptions = {},
) => {
  const folder = await mkdtemp(join(tmpdir(), 'ostor-console-nights-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const gateway = await gatewayWithStatistics({ period: 3600, ...options })
  const { clock } = gateway.control
  const store = await emptyStore(engine)
  const collector = gateway.collector(store)
  const log: string[] = []
  const say = (_: object, message: string) => void log.push(message)
  const nightly = createNightly({
    store,
    clusters: [{ cluster: { id: 'demo' }, gateway: gateway.gateway, collector }],
    settings: { backupDir: backs ? folder : null, retentionDays, rawStatisticsDays },
    log: { info: say, warn: say },
    now: gateway.now,
    wait: async () => {},
  })

  return {
    ...gateway,
    store,
    collector,
    nightly,
    folder,
    log,
    /** Moves the clock to an instant and collects until what can be final is. */
    until: async (instant: string): Promise<void> => {
      clock.advance(Date.parse(instant) - clock.now() - MINUTE)
      await collector.round()
      clock.advance(MINUTE)
      await collector.round()
    },
    deletes: () =>
      gateway.control
        .calls()
        .filter(({ method }) => method === 'DELETE')
        .map(({ parameters }) => parameters.find(({ name }) => name === 'obj')?.value ?? ''),
    audited: async () =>
      (await auditOf(store).list({ cluster: 'demo', actions: ['retention.delete'], limit: 50 })).items.toReversed(),
    recounts: () => store.db.selectFrom('recounts').selectAll().orderBy('day').execute(),
  }
}

import { describe, expect, test } from 'vitest'
import { openStore, type Store } from '../../apps/bff/src/adapters/store/store.ts'
import { gatewayWithStatistics, tornIn, totalsBy, totalsIn } from '../../apps/bff/test/collecting.ts'
import { ENGINES, emptyPlace } from '../../apps/bff/test/stores.ts'
import { createKilling } from './killing.ts'

// `npm run test:crash -- --kills 20000` sets these.
const KILLS = Number(process.env['CRASH_KILLS'] ?? 200)
const STORES = ENGINES.filter((engine) => (process.env['CRASH_STORES'] ?? 'duckdb,postgresql').includes(engine))
const HOURS = 3_600_000
const MINUTE = 60_000
const WORLD = {
  period: 1800,
  services: 2,
  restarts: 5,
  users: 12,
  buckets: 40,
  itemsPerObject: 8,
  since: '2026-11-04T10:20:00Z',
}
const KILLS_BEFORE_A_QUIET_POINT = 25

const below = (most: number) => Math.floor(Math.random() * most)

const collectorsThatDie = async (engine: (typeof ENGINES)[number]) => {
  const place = await emptyPlace(engine)
  const { endpoint, accessKeyId, secretAccessKey, control, collector } = await gatewayWithStatistics(WORLD)
  const kill = await createKilling()
  const at = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore(place)
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }
  return {
    control,
    /** One round in a process that is killed. Answers whether it was killed in time. */
    round: (cluster: string, step: number, by: 'itself' | 'parent') =>
      kill({
        place,
        collecting: { cluster, gateway: { endpoint, accessKeyId, secretAccessKey }, now: control.clock.now() },
        killAt: { step, by },
      }),
    at,
    /** Rounds that nobody disturbs, and then what the gateway reported. */
    quiet: (cluster: string, said: string, afterMinutes = [0, 20, 20]) =>
      at(async (store) => {
        for (const minutes of afterMinutes) {
          control.clock.advance(minutes * MINUTE)
          await collector(store, cluster).round()
        }
        const found = { said, totals: await totalsIn(store, cluster), torn: await tornIn(store) }
        expect(found).toEqual({ said, totals: control.oracle.usage(), torn: [] })
      }),
  }
}

describe.each(STORES)('a collector that is killed, on %s', (engine) => {
  test('counts every byte once, killed at each numbered step of its first round', { timeout: 12 * HOURS }, async () => {
    const { round, quiet } = await collectorsThatDie(engine)
    let step = 1
    for (; await round(`first-${step}`, step, 'itself'); step += 1) {
      await quiet(`first-${step}`, `killed at step ${step}`, [0])
    }
    // Whoever runs this wants to know how many steps there were; a green line does not say.
    console.log(`${engine}: killed at each of the ${step - 1} steps of a first round`)
    expect(step).toBeGreaterThan(40)
  })

  test('counts every byte once, killed at each numbered step of a later round', { timeout: 12 * HOURS }, async () => {
    const { control, round, quiet } = await collectorsThatDie(engine)
    await quiet('demo', 'before the first kill', [0])
    let step = 0
    let goesOn = true
    do {
      step += 1
      // What was listed has grown, and there are new objects.
      control.clock.advance(31 * MINUTE)
      goesOn = await round('demo', step, 'itself')
      await quiet('demo', `killed at step ${step}`, [0])
    } while (goesOn)
    // Whoever runs this wants to know how many steps there were; a green line does not say.
    console.log(`${engine}: killed at each of the ${step - 1} steps of a later round`)
    expect(step).toBeGreaterThan(40)
  })

  test('counts every byte once, killed again and again at random', { timeout: 12 * HOURS }, async () => {
    const { control, round, at, quiet } = await collectorsThatDie(engine)
    let kills = 0
    for (let made = 0; made < KILLS || kills === 0; made += 1) {
      kills += (await round('demo', 1 + below(55), 'parent')) ? 1 : 0
      control.clock.advance(below(40) * MINUTE)
      if (made % KILLS_BEFORE_A_QUIET_POINT === KILLS_BEFORE_A_QUIET_POINT - 1)
        await quiet('demo', `after ${kills} kills`)
    }
    expect(kills).toBeGreaterThan(KILLS / 2)
    await quiet('demo', 'at the end')
    await at(async (store) => {
      expect(await totalsBy('user', store)).toEqual(control.oracle.usageBy('user'))
      expect(await totalsBy('bucket', store)).toEqual(control.oracle.usageBy('bucket'))
    })
    expect(control.calls().filter(({ method }) => method !== 'GET')).toEqual([])
  })
})

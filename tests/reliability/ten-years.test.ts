import { describe, expect, test } from 'vitest'
import { gatewayWithStatistics, staleRollUpsIn, tornIn, totalsIn } from '../../apps/bff/test/collecting.ts'
import { ENGINES, emptyStore } from '../../apps/bff/test/stores.ts'
import { randomFaults, randomOf } from './random-faults.ts'

// `TEN_YEARS_PERIOD=1800 npx vitest run tests/reliability/ten-years.test.ts` runs it with half-hour objects, which takes
// hours; `TEN_YEARS_STORES` names the stores.
const PERIOD = Number(process.env['TEN_YEARS_PERIOD'] ?? 86_400)
const STORES = ENGINES.filter((engine) => (process.env['TEN_YEARS_STORES'] ?? 'postgresql').includes(engine))
const SEED = 10
const DAY_MS = 86_400_000
const DAYS = 3_650
const KEPT_MS = 90 * DAY_MS

describe.each(STORES)('ten years of five services on %s', (engine) => {
  test('come to the totals of the gateway at every quiet point', { timeout: 14_400_000 }, async () => {
    const random = randomOf(SEED)
    const store = await emptyStore(engine)
    const start = '2025-01-01T00:00:00Z'
    const gateway = await gatewayWithStatistics({
      seed: SEED,
      services: 5,
      period: PERIOD,
      users: 6,
      buckets: 10,
      itemsPerObject: 5,
      restarts: 7,
      lateShare: 19,
      lateSeconds: 2 * 86400,
      silentPeriods: 0,
      listOrder: 'shuffled',
      now: start,
      since: start,
    })
    const { oracle, clock, faults, statistics } = gateway.control
    const collector = gateway.collector(store)
    const removed = new Set<string>()
    let checks = 0

    for (let day = 0; day < DAYS; ) {
      // Two months with trouble of every kind …
      for (let round = 0; round < 3; round += 1) {
        const step = 12 + Math.floor(random() * 17)
        clock.advance(step * DAY_MS)
        day += step
        for (const fault of randomFaults(random, 3, 60)) faults.add(fault)
        await collector.round().catch(() => {})
        faults.clear()
      }
      // … and then a quiet point: what was late has come, what grew is final.
      for (const ms of [3 * DAY_MS, 3_600_000, 3_600_000]) {
        clock.advance(ms)
        await collector.round()
      }
      day += 3
      expect(await totalsIn(store), `after ${day} days`).toEqual(oracle.usage())
      checks += 1
      // Somebody tidies up at the gateway what is old and final; the console keeps its figures.
      for (const { name, startMs, isClosed } of oracle.objects()) {
        if (removed.has(name) || !isClosed || startMs > clock.now() - KEPT_MS) continue
        removed.add(name)
        statistics.remove(name)
      }
    }
    expect(checks).toBeGreaterThan(50)
    expect(await tornIn(store)).toEqual([])
    expect(await staleRollUpsIn(store)).toBe(0)
  })
})

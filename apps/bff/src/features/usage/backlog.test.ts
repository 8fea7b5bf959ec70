import { problem } from '@ostor-console/shared/problem'
import { describe, expect, test, vi } from 'vitest'
import { gatewayWithStatistics, objectsIn, staleRollUpsIn, totalsIn } from '../../../test/collecting.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { type RollUps, rollUpsOf } from '../../adapters/store/roll-ups.ts'

// 2,208 objects: more than are read in one go.
const DAYS = { services: 2, users: 2, buckets: 2, since: '2026-10-12T12:00:00Z' }
const IN_ONE_GO = 2_000

describe.each(ENGINES)('a backlog on %s', (engine) => {
  test('is read on while the whole days of what was read are summed up', async () => {
    const { collector, control, gateway } = await gatewayWithStatistics(DAYS)
    const store = await emptyStore(engine)
    const real = rollUpsOf(store)
    const { promise: readOn, resolve: sumUp } = Promise.withResolvers<void>()
    const bounds: (Date | null)[] = []
    const rollUps: RollUps = {
      async refresh(cluster, until, from = null) {
        bounds.push(from)
        await readOn
        await real.refresh(cluster, until, from)
      },
    }
    const round = collector(store, 'demo', gateway, { rollUps }).round()
    const stored = async () => [...(await objectsIn(store)).values()].filter(({ sha256 }) => sha256 !== null).length
    await vi.waitFor(async () => expect(await stored()).toBeGreaterThan(IN_ONE_GO), { timeout: 60_000, interval: 200 })
    const starts = [...(await objectsIn(store)).values()].map(({ started_at }) => started_at.toISOString()).toSorted()
    const [day] = starts.at(-IN_ONE_GO)?.split('T') ?? []
    expect(bounds).toEqual([new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)])
    sumUp()
    await round
    expect(bounds.at(-1)).toBeNull()
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
    expect(await staleRollUpsIn(store)).toBe(0)
    expect(await store.db.selectFrom('usage_changes').selectAll().where('grain', '=', 'hour').execute()).toEqual([])
  }, 120_000)

  test('says that its sums cannot be made', async () => {
    const { collector, gateway } = await gatewayWithStatistics()
    const rollUps: RollUps = { refresh: () => Promise.reject(problem('store-unavailable')) }
    const collecting = collector(await emptyStore(engine), 'demo', gateway, { rollUps })
    await expect(collecting.round()).rejects.toThrow('The store of the console is not available')
    expect((await collecting.status()).state).toBe('store-failing')
  })
})

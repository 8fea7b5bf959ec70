import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import { describe, expect, test } from 'vitest'
import { gatewayWithStatistics, objectsIn } from '../../../test/collecting.ts'
import { emptyStore } from '../../../test/stores.ts'
import { createListing } from './listing.ts'
import { parseName } from './object-name.ts'

const MINUTE = 60_000
const LONG = { services: 3, period: 60, since: '2026-11-04T06:00:00Z', buckets: 1 }

const cursorsOf = (names: string[]) => {
  const cursors = new Map<string, string>()
  for (const name of names) cursors.set(parseName(name)?.serviceId ?? '', name)
  return cursors
}

const nameAt = (at: number) =>
  `s3-usage-8000000000000065-${new Date(Date.UTC(2026, 0, 1) + at * MINUTE).toISOString()}-60`

describe('the list of statistics objects', () => {
  const dialects: [string, SimulatorOptions][] = [
    ['pages as documented', {}],
    ['breaks its JSON above 710 names', { brokenJsonAbove: 710 }],
    ['breaks its JSON above 100 names', { brokenJsonAbove: 100, pageSize: 50 }],
    ['ignores after when there is a limit', { limitWithAfter: 'ignores-after' }],
    ['answers nothing to after with a limit', { limitWithAfter: 'empty' }],
    ['answers nothing to after with a limit, and gives few names by itself', { limitWithAfter: 'empty', pageSize: 90 }],
    ['has names dated 1970', { names1970: 30 }],
    ['knows no paging but gives all at once', { version: '4.6', pageSize: 5_000 }],
  ]

  test.each(dialects)('is read whole from a gateway that %s', async (_, options) => {
    const { gateway, control } = await gatewayWithStatistics({ ...LONG, ...options })
    const expected = control.oracle.objects().map(({ name }) => name)
    expect(expected.length).toBeGreaterThan(1_000)
    const { names, trouble } = await createListing(gateway).all()
    expect(trouble).toBeNull()
    expect(names.filter((name) => !name.includes('-1970-'))).toEqual(expected.toSorted())
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(dialects.slice(0, -1))('is followed service by service at a gateway that %s', async (_, options) => {
    const { gateway, control } = await gatewayWithStatistics({ ...LONG, ...options })
    const listing = createListing(gateway)
    const { names } = await listing.all()
    control.clock.advance(130 * MINUTE)
    const known = new Set(names)
    const expected = control.oracle.objects().flatMap(({ name }) => (known.has(name) ? [] : [name]))
    expect(expected.length).toBeGreaterThan(300)
    const news = await listing.news(cursorsOf(names))
    expect(news.names.toSorted()).toEqual(expected.toSorted())
    expect(news.hasStranger).toBe(false)
  })

  test('has a stranger wherever its names are sorted, also before all that are known', async () => {
    const { gateway } = await gatewayWithStatistics({ services: 3 })
    const listing = createListing(gateway)
    const cursors = cursorsOf((await listing.all()).names)
    expect(cursors.size).toBe(3)
    const unseen: string[] = []
    for (const serviceId of cursors.keys()) {
      const others = new Map([...cursors].filter(([id]) => id !== serviceId))
      if (!(await listing.news(others)).hasStranger) unseen.push(serviceId)
    }
    expect(unseen).toEqual([])
    expect((await listing.news(cursors)).hasStranger).toBe(false)
  })

  test('that cannot be paged is good as far as it goes, and proves nothing beyond', async () => {
    const { gateway } = await gatewayWithStatistics({ ...LONG, version: '4.6', pageSize: 300 })
    const { names, trouble } = await createListing(gateway).all()
    expect(names).toHaveLength(300)
    expect(trouble?.message).toContain('does not go on')
  })

  test('that never ends is good as far as it goes, and proves nothing beyond', async () => {
    let given = 0
    const listStatistics = async () => ({ names: [nameAt(given++)], truncated: true })
    const { names, trouble } = await createListing({ listStatistics }).all()
    expect(names).toHaveLength(given)
    expect(trouble?.message).toContain('does not end')
  })

  test('is whole or an error, wherever its text is cut, and nothing is taken for gone', async () => {
    const { gateway, collector, control } = await gatewayWithStatistics()
    const store = await emptyStore('duckdb')
    await collector(store).round()
    const names = control.oracle.objects().map(({ name }) => name)
    const { length } = `{"nr_items":40,"truncated":false,"items":${JSON.stringify(names)}}`
    let errors = 0
    for (const framing of ['close', 'short'] as const) {
      for (const cutAt of [0, 1, 14, 40, Math.floor(length / 2), length - 30, length - 2, length - 1]) {
        const fault = control.faults.add({ service: 'ostor-usage', cutAt, framing })
        const listed = await createListing(gateway)
          .all()
          .catch(() => null)
        if (listed === null) errors += 1
        expect(listed?.names.toSorted() ?? names.toSorted()).toEqual(names.toSorted())
        await store.db.deleteFrom('collector_state').execute()
        await collector(store)
          .round()
          .catch(() => {})
        control.faults.clear(fault)
        expect([...(await objectsIn(store)).values()].filter(({ state }) => state === 'gone')).toEqual([])
      }
    }
    expect(errors).toBeGreaterThan(7)
  })
})

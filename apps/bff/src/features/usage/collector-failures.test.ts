import { problem } from '@ostor-console/shared/problem'
import { describe, expect, test, vi } from 'vitest'
import { gatewayWithStatistics, missingIn, objectsIn, totalsIn } from '../../../test/collecting.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { usageOf } from '../../adapters/store/usage.ts'
import { sourceOf } from './coverage.ts'

const FEW = { since: '2026-11-04T10:30:00Z' }

describe('a collector that cannot work', () => {
  test('because the key is wrong asks once, says so, and stores nothing', async () => {
    const { collector, control } = await gatewayWithStatistics(FEW, 'not the secret')
    const store = await emptyStore('duckdb')
    const collecting = collector(store)
    await expect(collecting.round()).rejects.toThrow('SignatureDoesNotMatch')
    expect(control.calls()).toHaveLength(1)
    expect(await collecting.status()).toMatchObject({
      state: 'failing',
      detail: expect.stringContaining('The storage gateway does not accept the access key of the console'),
      collectedAt: null,
      completeUntil: null,
    })
  })

  test('because the gateway refuses keeps what it has, and goes on by itself', async () => {
    const { collector, control } = await gatewayWithStatistics(FEW)
    const store = await emptyStore('duckdb')
    const collecting = collector(store)
    await collecting.round()
    const before = await totalsIn(store)
    const fault = control.faults.add({ service: 'ostor-usage', status: 403, code: 'AccessDenied' })
    control.clock.advance(3_600_000)
    await expect(collecting.round()).rejects.toThrow('AccessDenied')
    expect(await collecting.status()).toMatchObject({ state: 'failing', since: expect.any(String) })
    expect(await totalsIn(store)).toEqual(before)

    control.faults.clear(fault)
    await collecting.round()
    expect(await collecting.status()).toMatchObject({ state: 'up-to-date', detail: null })
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })

  test('says so in every process on the store, until another one collects', async () => {
    const { collector, control, gateway } = await gatewayWithStatistics(FEW)
    const store = await emptyStore('postgresql')
    let holder = 'one'
    const as = (name: string) => collector(store, 'demo', gateway, { isOurs: () => holder === name })
    const [one, other] = [as('one'), as('other')]
    const fault = control.faults.add({ service: 'ostor-usage', status: 403, code: 'AccessDenied' })
    await expect(one.round()).rejects.toThrow('AccessDenied')
    const { state, detail, since } = await one.status()
    expect(state).toBe('failing')
    expect(await other.status()).toMatchObject({ state, detail, since })
    control.faults.clear(fault)
    control.faults.add({ service: 'ostor-usage', hold: true, nth: 1 })
    holder = 'other'
    const round = other.round()
    await vi.waitFor(async () => expect((await one.status()).state).toBe('standby'))
    control.faults.release()
    await round
    expect((await other.status()).state).toBe('up-to-date')
  })

  test('keeps what was read before reads failed, and holds no object guilty', async () => {
    const { collector, control } = await gatewayWithStatistics()
    const store = await emptyStore('duckdb')
    const reads = { service: 'ostor-usage', parameters: { obj: null } }
    const fault = control.faults.add({ ...reads, status: 403, code: 'AccessDenied', nth: 6, times: 100 })
    const collecting = collector(store)
    await expect(collecting.round()).rejects.toThrow('AccessDenied')
    const objects = [...(await objectsIn(store)).values()]
    expect(objects.filter(({ sha256 }) => sha256 !== null)).toHaveLength(5)
    expect(objects.filter(({ tries }) => tries > 0)).toEqual([])
    control.faults.clear(fault)
    await collecting.round()
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })

  test('holds no object guilty where the gateway answers none of several', async () => {
    const { collector, control } = await gatewayWithStatistics(FEW)
    const store = await emptyStore('duckdb')
    const fault = control.faults.add({
      service: 'ostor-usage',
      parameters: { obj: null },
      status: 500,
      code: 'InternalError',
    })
    const collecting = collector(store)
    await expect(collecting.round()).rejects.toThrow('InternalError')
    expect(await collecting.status()).toMatchObject({ state: 'failing' })
    const objects = [...(await objectsIn(store)).values()]
    expect(objects.length).toBeLessThan(8)
    expect(objects.filter(({ tries }) => tries > 0)).toEqual([])
    control.faults.clear(fault)
    await collecting.round()
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })

  test.each([
    ['refuses', { status: 500, code: 'InternalError' }],
    ['denies', { status: 403, code: 'AccessDenied' }],
    ['drops', { reset: 'before' }],
  ] as const)('holds no object up for one that the gateway %s, which is in quarantine in the end', async (_, how) => {
    const { collector, control } = await gatewayWithStatistics()
    const store = await emptyStore('duckdb')
    const { name } = control.oracle.objects()[7] ?? { name: '' }
    const fault = control.faults.add({ service: 'ostor-usage', parameters: { obj: name }, ...how })
    const collecting = collector(store)
    for (let round = 1; round <= 5; round += 1) {
      await collecting.round()
      expect((await objectsIn(store)).get(name)).toMatchObject({ tries: round })
      control.clock.advance(480_000)
    }
    const objects = await objectsIn(store)
    expect(objects.get(name)).toMatchObject({ state: 'quarantined', reason: expect.stringContaining('5 times') })
    expect([...objects.values()].filter(({ sha256 }) => sha256 === null)).toHaveLength(1)
    const { completeUntil } = await collecting.status()
    expect(completeUntil).not.toBeNull()

    control.faults.clear(fault)
    control.clock.advance(3_600_000)
    await collecting.round()
    expect((await objectsIn(store)).get(name)).toMatchObject({ state: expect.stringMatching('closed|open'), tries: 0 })
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })

  test('puts off many in a row that the gateway refuses while it still gives another, so that they hold up nothing', async () => {
    const { collector, control } = await gatewayWithStatistics()
    const store = await emptyStore('duckdb')
    const collecting = collector(store)
    await collecting.round()
    const before = await objectsIn(store)
    control.clock.advance(4 * 3_600_000)
    const fresh = control.oracle.objects().filter(({ name }) => !before.has(name))
    const refused = new Set(fresh.toSorted((a, b) => b.startMs - a.startMs).slice(0, 12))
    expect(fresh.length).toBeGreaterThan(refused.size)
    for (const { name } of refused)
      control.faults.add({ service: 'ostor-usage', parameters: { obj: name }, status: 500, code: 'InternalError' })
    await collecting.round()
    const objects = await objectsIn(store)
    const of = (one: (typeof fresh)[number]) => objects.get(one.name)
    expect([...refused].map((one) => [of(one)?.sha256, of(one)?.tries])).toEqual([...refused].map(() => [null, 1]))
    const given = fresh.filter((one) => !refused.has(one))
    expect(given.filter((one) => of(one)?.sha256 === null)).toEqual([])
  })

  test('because the store fails pauses, says so, and goes on afterwards', async () => {
    const { collector, control } = await gatewayWithStatistics(FEW)
    const store = await emptyStore('duckdb')
    let isDown = true
    const failing = {
      ...store,
      transaction: async <T>(work: Parameters<typeof store.transaction<T>>[0]) => {
        if (isDown) throw problem('store-unavailable')
        return store.transaction(work)
      },
    }
    const collecting = collector(failing)
    await expect(collecting.round()).rejects.toThrow('store')
    expect(await collecting.status()).toMatchObject({
      state: 'store-failing',
      detail: expect.stringContaining('Nothing is collected and nothing is deleted'),
    })
    isDown = false
    await collecting.round()
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })

  test('because statistics are switched off at the gateway says that, not an error', async () => {
    const { collector } = await gatewayWithStatistics({ collectStatistics: false })
    const collecting = collector(await emptyStore('duckdb'))
    expect((await collecting.status()).state).toBe('starting')
    await collecting.round()
    expect(await collecting.status()).toMatchObject({ state: 'off', objectsListed: 0, historyFrom: null })
  })

  test('ends in the middle of a round when it is stopped, with what it read in the store', async () => {
    const { collector, control, gateway } = await gatewayWithStatistics()
    const store = await emptyStore('duckdb')
    let reads = 0
    const readStatistics: typeof gateway.readStatistics = async (name) => {
      reads += 1
      if (reads === 6) void collecting.stop()
      return gateway.readStatistics(name)
    }
    const collecting = collector(store, 'demo', { ...gateway, readStatistics })
    collecting.start()
    await collecting.round()
    await collecting.stop()
    expect(reads).toBeLessThan(12)
    const stored = [...(await objectsIn(store)).values()].filter(({ sha256 }) => sha256 !== null)
    expect(stored).toHaveLength(reads)
    await collector(store).round()
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })
})

describe.each(ENGINES)('a list that breaks off, on %s', (engine) => {
  test('proves nothing of what comes after it: no service is complete or silent beyond the last whole list', async () => {
    const { collector, control, gateway } = await gatewayWithStatistics(FEW)
    const store = await emptyStore(engine)
    const listStatistics: typeof gateway.listStatistics = (page) => gateway.listStatistics({ ...page, limit: 3 })
    const collecting = collector(store, 'demo', { ...gateway, listStatistics })
    await collecting.round()
    const stateOf = () => store.db.selectFrom('collector_state').selectAll().execute()
    const before = await stateOf()
    const fault = control.faults.add({
      service: 'ostor-usage',
      parameters: { after: null },
      cutAt: 40,
      framing: 'close',
    })
    control.clock.advance(3 * 3_600_000)
    await expect(collecting.round()).rejects.toThrow('The answer cannot be read')
    expect(await stateOf()).toEqual(before)
    expect(await missingIn(store)).toEqual(new Map())
    expect(await collecting.status()).toMatchObject({
      state: 'failing',
      completeUntil: before[0]?.covers_until.toISOString(),
      staleSince: before[0]?.listed_at.toISOString(),
    })

    control.faults.clear(fault)
    await collecting.round()
    expect(await collecting.status()).toMatchObject({ state: 'up-to-date', staleSince: null })
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
  })

  test('keeps what it has where no list ever comes to its end, and calls nothing complete', async () => {
    const { collector, control, now } = await gatewayWithStatistics({ ...FEW, version: '4.6', pageSize: 3 })
    const store = await emptyStore(engine)
    const collecting = collector(store)
    for (let round = 0; round < 3; round += 1) {
      await expect(collecting.round()).rejects.toThrow('does not go on')
      control.clock.advance(3_600_000)
    }
    expect((await totalsIn(store)).uploaded).toBeGreaterThan(0n)
    expect(await missingIn(store)).toEqual(new Map())
    expect(await collecting.status()).toMatchObject({ state: 'failing', collectedAt: null, completeUntil: null })
    const range = { from: new Date('2026-11-04T10:30:00Z'), to: new Date('2026-11-04T11:00:00Z') }
    const standing = await usageOf(store).reading('demo', range, async (reading) => reading.standing)
    expect(sourceOf(standing, range, { now: now(), staleAfterMs: 300_000 })).toMatchObject({
      coverage: 'partial',
      completeUntil: null,
    })
  })
})

test.each(ENGINES)('two collectors of one cluster on %s come to the same sums', async (engine) => {
  const { collector, control } = await gatewayWithStatistics({ restarts: 3 })
  const store = await emptyStore(engine)
  const pair = [collector(store), collector(store)]
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(pair.map((one) => one.round()))
    expect(await totalsIn(store)).toEqual(control.oracle.usage())
    control.clock.advance(11 * 60_000)
  }
})

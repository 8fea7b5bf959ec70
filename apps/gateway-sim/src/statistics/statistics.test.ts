import { describe, expect, test } from 'vitest'
import { ask, read, readObject } from '../../test/client.ts'
import { startStill } from '../../test/still.ts'
import type { SimulatorOptions } from '../options.ts'
import type { Simulator } from '../simulator.ts'

let simulator: Simulator
const start = async (options?: SimulatorOptions) => {
  simulator = await startStill(options)
}

const object = (name: string) => readObject(simulator, name)

const sumOf = (some: bigint[]) => some.reduce((total, one) => total + one, 0n)
const uploaded = (groups: Map<string, { uploaded: bigint }>) =>
  new Map(Array.from(groups, ([key, sum]) => [key, sum.uploaded]))

test('an object appears after its start, grows and never shrinks, and is final once its period is over and written', async () => {
  await start({ services: 1, period: 600, flushSeconds: 60 })
  const { clock } = simulator.control
  clock.advance(600_000)
  const before = (await read(simulator, 'ostor-usage')).items
  let names = before
  while (names.length === before.length) {
    clock.advance(10_000)
    names = (await read(simulator, 'ostor-usage')).items
  }
  const name = names.at(-1)
  const seen: { period: number; put: number; downloaded: number; text: string }[] = []
  for (let step = 0; step < 90; step++) {
    const { text } = await ask(simulator, 'GET', `ostor-usage&obj=${name}`)
    const body = JSON.parse(text)
    const sum = (pick: (counters: { ops: { put: number }; net_io: { downloaded: number } }) => number) =>
      body.items.reduce((total: number, item: { counters: never }) => total + pick(item.counters), 0)
    seen.push({
      period: body.period,
      put: sum(({ ops }) => ops.put),
      downloaded: sum(({ net_io }) => net_io.downloaded),
      text,
    })
    clock.advance(10_000)
  }
  for (const [at, one] of seen.entries()) {
    const last = seen[at - 1] ?? { period: 0, put: 0, downloaded: 0 }
    expect(one.period).toBeGreaterThanOrEqual(last.period)
    expect(one.put).toBeGreaterThanOrEqual(last.put)
    expect(one.downloaded).toBeGreaterThanOrEqual(last.downloaded)
  }
  expect(seen[0]?.period).toBe(60)
  expect(seen.filter(({ period }) => period === 540)).toHaveLength(12)
  expect(new Set(seen.map(({ period }) => period))).toEqual(new Set([60, 120, 180, 240, 300, 360, 420, 480, 540, 600]))
  expect(new Set(seen.slice(62).map(({ text }) => text)).size).toBe(1)
  expect(seen[61]?.period).toBe(600)
  expect(seen[0]?.downloaded).toBeLessThan(seen.at(-1)?.downloaded ?? 0)
})

describe('the oracle', () => {
  test('equals the sum of all objects read over the wire, per user, per bucket and per range', async () => {
    await start({ restarts: 5, services: 3 })
    const { oracle, statistics } = simulator.control
    const [user = '', bucket = ''] = [oracle.users()[1]?.id, oracle.buckets()[0]]
    const before = oracle.usage({ user }).uploaded
    statistics.record({
      user,
      bucket,
      at: Date.parse('2026-03-03T12:00:00Z'),
      put: 3,
      uploaded: 9_007_199_254_740_988,
    })
    expect(oracle.usage({ user }).uploaded - before).toBe(9_007_199_254_740_988n)
    const from = Date.parse('2026-03-03T00:00:00Z')
    const to = Date.parse('2026-03-04T00:00:00Z')
    const byUser = new Map<string, bigint>()
    const byBucket = new Map<string, bigint>()
    let inRange = 0n
    for (const name of (await read(simulator, 'ostor-usage')).items) {
      const body = await object(name)
      for (const { key, counters } of body.items) {
        const bytes = BigInt(counters.net_io.uploaded)
        byUser.set(key.user_id, (byUser.get(key.user_id) ?? 0n) + bytes)
        byBucket.set(key.bucket, (byBucket.get(key.bucket) ?? 0n) + bytes)
        if (body.start_ts * 1000 >= from && body.start_ts * 1000 < to) inRange += bytes
      }
    }
    expect(byUser.size).toBeGreaterThan(2)
    expect(uploaded(oracle.usageBy('user'))).toEqual(byUser)
    expect(uploaded(oracle.usageBy('bucket'))).toEqual(byBucket)
    expect(oracle.usage({ from, to }).uploaded).toBe(inRange)
    expect(oracle.usage({ bucket }).uploaded).toBe(byBucket.get(bucket))
  })

  test('remembers what was reported by objects that are gone, and can leave it out', async () => {
    await start()
    const all = simulator.control.oracle.usage()
    const { items } = await read(simulator, 'ostor-usage')
    for (const name of items.slice(0, 60)) simulator.control.statistics.remove(name)
    expect(simulator.control.oracle.usage()).toEqual(all)
    expect(simulator.control.oracle.usage({ listedOnly: true }).get).toBeLessThan(all.get)
  })
})

describe('the same seed', () => {
  test('gives the same bytes, and another seed other ones', async () => {
    await start({ restarts: 9 })
    const bodies = async () => {
      const { items } = await read(simulator, 'ostor-usage')
      const queries = [
        'ostor-users&space',
        'ostor-buckets',
        'ostor-usage',
        ...items.map((name: string) => `ostor-usage&obj=${name}`),
      ]
      return Promise.all(queries.map(async (query) => (await ask(simulator, 'GET', query)).text))
    }
    const first = await bodies()
    await simulator.close()
    await start({ restarts: 9 })
    expect(await bodies()).toEqual(first)
    await simulator.close()
    await start({ restarts: 9, seed: 4 })
    expect(await bodies()).not.toEqual(first)
  })

  test('gives the same objects whenever the simulator is started', async () => {
    await start()
    const { items } = await read(simulator, 'ostor-usage')
    const body = await object(items[60])
    await simulator.close()
    await start({ now: '2026-03-05T01:02:03Z', days: 4 })
    expect((await read(simulator, 'ostor-usage')).items).toEqual(expect.arrayContaining(items))
    expect(await object(items[60])).toEqual(body)
  })
})

describe('the traffic', () => {
  test('is quiet on weekends and at night, and a few users make most of it', async () => {
    await start({ users: 100, buckets: 400, days: 21, now: '2026-03-23T00:00:00Z' })
    const { oracle } = simulator.control
    const day = (date: string) => oracle.usage({ from: Date.parse(date), to: Date.parse(date) + 86_400_000 })
    expect(day('2026-03-14').get).toBeLessThan(day('2026-03-13').get)
    const hour = (time: string) => oracle.usage({ from: Date.parse(time), to: Date.parse(time) + 3_600_000 }).get
    expect(hour('2026-03-12T03:00:00Z')).toBeLessThan(hour('2026-03-12T14:00:00Z'))
    const operations = Array.from(oracle.usageBy('user').values(), ({ put, get }) => put + get).toSorted((a, b) =>
      Number(b - a),
    )
    expect(sumOf(operations.slice(0, 10)) * 2n).toBeGreaterThan(sumOf(operations))
  })

  test('of a user ends when the user is disabled, and what was reported stays', async () => {
    await start()
    const { oracle, users, clock } = simulator.control
    const user = [...oracle.usageBy('user')].toSorted(([, a], [, b]) => Number(b.get - a.get))[0]?.[0] ?? ''
    const now = clock.now()
    const before = oracle.usage({ user, to: now - 3_600_000 })
    users.setState(user, 'disabled')
    clock.advance(86_400_000)
    expect(oracle.usage({ user, from: now }).get).toBe(0n)
    expect(oracle.usage({ from: now }).get).toBeGreaterThan(0n)
    expect(oracle.usage({ user, to: now - 3_600_000 })).toEqual(before)
  })

  test('names each bucket, epoch, user and tag once in an object', async () => {
    await start({ users: 50, buckets: 131, itemsPerObject: 100, days: 1, hostile: true })
    for (const name of (await read(simulator, 'ostor-usage')).items) {
      const keys = (await object(name)).items.map(({ key }: { key: unknown }) => JSON.stringify(key))
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  test('keeps an object small however many buckets there are', async () => {
    await start({ users: 5000, buckets: 50_000, itemsPerObject: 150 })
    const counts = simulator.control.oracle.objects().map(({ items }) => items)
    expect(Math.max(...counts)).toBeLessThanOrEqual(152)
    expect(Math.max(...counts)).toBeGreaterThan(80)
  })
})

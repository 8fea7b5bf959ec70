import { describe, expect, test } from 'vitest'
import {
  bodyOf,
  gatewayWithStatistics,
  missingIn,
  staleRollUpsIn,
  tornIn,
  totalsByHour,
  totalsIn,
} from '../../apps/bff/test/collecting.ts'
import { ENGINES, emptyStore } from '../../apps/bff/test/stores.ts'
import { randomFaults, randomOf } from './random-faults.ts'

const SEED = 20_261_104
const MINUTE = 60_000
const WORLD = {
  seed: 11,
  period: 1800,
  flushSeconds: 540,
  services: 3,
  users: 12,
  buckets: 40,
  itemsPerObject: 25,
  silentPeriods: 0,
  restarts: 9,
  names1970: 3,
  lateShare: 15,
  lateSeconds: 5400,
  listOrder: 'shuffled',
  listRepeats: true,
  serviceId: 'string',
  brokenJsonAbove: 30,
  now: '2026-11-04T12:00:00Z',
  since: '2026-11-02T00:00:00Z',
} as const

const serviceOf = (name: string) => name.slice(9, 25)

describe.each(ENGINES)('the ledger on %s', (engine) => {
  test('equals what the gateway reported less what was withheld, and names exactly that', {
    timeout: 240_000,
  }, async () => {
    const random = randomOf(SEED)
    const store = await emptyStore(engine)
    const gateway = await gatewayWithStatistics(WORLD)
    const { oracle, statistics, faults, clock } = gateway.control

    // One in a hundred is withheld; never the first of a service, before which nothing can be missing.
    const objects = oracle.objects().filter(({ isClosed }) => isClosed)
    const isFirst = (index: number) =>
      serviceOf(objects[index]?.name ?? '') !== serviceOf(objects[index - 1]?.name ?? '')
    const isWhole = (index: number) => objects[index]?.seconds === 1800 && objects[index + 1]?.seconds === 1800
    const withheld = objects.filter((_, index) => !isFirst(index) && isWhole(index) && random() < 0.012)
    expect(withheld.length).toBeGreaterThan(2)
    for (const { name } of withheld) statistics.remove(name)

    // The same data under another name, and objects from before a clock was set.
    for (const { name } of objects.filter(() => random() < 0.01)) {
      const read = await gateway.gateway.readStatistics(name)
      if (!read) continue
      const start = new Date(Date.parse(name.slice(26, 50)) + 7000)
      const text = new TextDecoder().decode(read.raw)
      const moved = text.replace(/"start_ts":\d+/, `"start_ts":${Math.floor(start.getTime() / 1000)}`)
      statistics.plant(`s3-usage-${serviceOf(name)}-${start.toISOString()}-1800`, moved)
    }
    const first = '1970-01-01T00:00:09.000Z'
    statistics.plant(`s3-usage-${serviceOf(objects[0]?.name ?? '')}-${first}-1800`, bodyOf(first))

    const collector = gateway.collector(store)
    for (let round = 0; round < 24; round += 1) {
      for (const fault of randomFaults(random, 12, 90)) faults.add(fault)
      await collector.round().catch(() => {})
      faults.clear()
      expect(await tornIn(store)).toEqual([])
      clock.advance(Math.floor(random() * 35) * MINUTE)
    }
    for (const minutes of [61, 20, 20]) {
      clock.advance(minutes * MINUTE)
      await collector.round()
    }

    const truth = { listedOnly: true }
    expect(await totalsIn(store)).toEqual(oracle.usage(truth))
    expect(await totalsByHour(store)).toEqual(oracle.usageByHour(truth))
    expect(await staleRollUpsIn(store)).toBe(0)

    const expected = new Map<string, { from: number; to: number }[]>()
    for (const { name, startMs, seconds } of withheld) {
      const own = expected.get(serviceOf(name)) ?? []
      expected.set(serviceOf(name), own)
      const last = own.at(-1)
      if (last?.to === startMs) last.to = startMs + seconds * 1000
      else own.push({ from: startMs, to: startMs + seconds * 1000 })
    }
    const found = await missingIn(store)
    // What starts within the last hour and a half may still come late.
    const settled = clock.now() - 5_400_000 - 1_800_000
    const past = [...found].map(([service, gaps]) => [service, gaps.filter(({ from }) => from < settled)] as const)
    expect(new Map(past.filter(([, gaps]) => gaps.length > 0))).toEqual(expected)
    expect(gateway.control.calls().filter(({ method }) => method !== 'GET')).toEqual([])
  })
})

import type { Collector } from '@ostor-console/shared/collector'
import type { Problem } from '@ostor-console/shared/problem'
import type { Top, UsageSeries } from '@ostor-console/shared/usage'
import { describe, expect, test } from 'vitest'
import { bodyOf } from '../../../test/collecting.ts'
import { CLUSTER, world } from '../../../test/world.ts'

const NOW = '2026-11-04T12:00:00Z'
const RANGE = 'from=2026-11-03T00:00:00Z&to=2026-11-05T00:00:00Z'

const collected = async (options: { days?: number; buckets?: number; silentPeriods?: number } = {}) => {
  const made = await world({ simulator: { now: NOW, days: 1, ...options }, now: () => new Date(NOW) })
  made.simulator.control.clock.setNow(NOW)
  made.simulator.control.clock.freeze()
  const get = async <T>(address: string) => (await made.admin('GET', `${CLUSTER}/usage/${address}`)).json<T>()
  return { ...made, get }
}

describe('usage', () => {
  test('sums up to what the gateway reported, point by point and in all', async () => {
    const { collector, get, simulator } = await collected()
    await collector.round()
    const { total, points, source, stepSeconds } = await get<UsageSeries>(`series?${RANGE}`)
    const truth = simulator.control.oracle.usage()
    expect(total).toEqual({
      uploadedBytes: String(truth.uploaded),
      downloadedBytes: String(truth.downloaded),
      putOps: String(truth.put),
      getOps: String(truth.get),
      listOps: String(truth.list),
      otherOps: String(truth.other),
    })
    expect(stepSeconds).toBe(3600)
    expect(points).toHaveLength(48)
    const sum = points.reduce((all, { counters }) => all + BigInt(counters?.uploadedBytes ?? 0), 0n)
    expect(sum).toBe(truth.uploaded)
    expect(source).toMatchObject({ coverage: 'partial', collectedAt: NOW.replace('Z', '.000Z') })
  })

  test('says unknown, and not 0, where nothing is stored', async () => {
    const { collector, get } = await collected()
    const before = await get<UsageSeries>(`series?${RANGE}`)
    expect(before.total).toBeNull()
    expect(before.source).toMatchObject({
      coverage: 'unknown',
      historyFrom: null,
      completeUntil: null,
      collectedAt: null,
    })
    expect(before.points.every(({ coverage, counters }) => coverage === 'unknown' && counters === null)).toBe(true)

    await collector.round()
    const { points } = await get<UsageSeries>(`series?${RANGE}`)
    expect(points.at(0)).toEqual({ at: '2026-11-03T00:00:00.000Z', coverage: 'unknown', counters: null })
    expect(points.at(-1)).toMatchObject({ coverage: 'unknown', counters: null })
  })

  test('of a user who did nothing is 0 where the gateway reported, and unknown where it did not', async () => {
    const { collector, get } = await collected()
    await collector.round()
    const { points, total } = await get<UsageSeries>(`series?${RANGE}&userId=0000000000000000`)
    expect(total?.uploadedBytes).toBe('0')
    expect(points.at(30)?.counters).toMatchObject({ uploadedBytes: '0', putOps: '0' })
    expect(points.at(-1)?.counters).toBeNull()
  })

  test('is complete once all of it is final', async () => {
    const { collector, get } = await collected({ days: 4, silentPeriods: 0 })
    await collector.round()
    const { source, points } = await get<UsageSeries>('series?from=2026-11-01T00:00:00Z&to=2026-11-03T00:00:00Z')
    expect(source.coverage).toBe('complete')
    expect(points.every(({ coverage }) => coverage === 'complete')).toBe(true)
  })

  test('is exact past 2^53 from the gateway to the answer', async () => {
    const { collector, get, simulator } = await collected()
    const start = '2026-11-03T13:00:00.000Z'
    simulator.control.statistics.plant(
      `s3-usage-8000000000000065-${start}-1800`,
      bodyOf(start, { bucket: 'huge', uploaded: '9223372036854775807', get: '9007199254740993' }),
    )
    await collector.round()
    const { total } = await get<UsageSeries>(`series?${RANGE}&bucket=huge`)
    expect(total).toMatchObject({ uploadedBytes: '9223372036854775807', getOps: '9007199254740993' })
  })

  test('ranks users with their e-mail and buckets with their owner, and all others make up the sum', async () => {
    const { collector, get, simulator, directory } = await collected({ buckets: 20 })
    const { oracle, statistics } = simulator.control
    const start = '2026-11-03T13:00:00.000Z'
    statistics.plant(
      `s3-usage-8000000000000065-${start}-1800`,
      bodyOf(start, { userId: 'ffffffffffffffff', uploaded: '9'.repeat(18) }),
    )
    await collector.round()

    const users = await get<Top>(`top?${RANGE}&by=user&limit=3`)
    expect(users.items[0]).toMatchObject({ id: 'ffffffffffffffff', label: null, userId: null })
    const emails = new Map((await directory.users()).users.map(({ id, email }) => [id, email]))
    expect(users.items[1]?.label).toBe(emails.get(users.items[1]?.id ?? ''))
    const sum = [...users.items, users.others].reduce(
      (all, line) => all + BigInt(line?.counters.downloadedBytes ?? 0),
      0n,
    )
    expect(sum).toBe(oracle.usage().downloaded)

    const buckets = await get<Top>(`top?${RANGE}&by=bucket&metric=operations&limit=100`)
    const nowhere = buckets.items.find(({ id }) => id === '')
    expect(nowhere).toMatchObject({ label: '(no bucket)', userId: null })
    const owned = buckets.items.find(({ id }) => id !== '' && id !== 'planted')
    expect(owned?.userId).toBe(oracle.size(owned?.id ?? '')?.ownerId)
  })

  test('keeps its figures when the gateway no longer answers, and only the names are gone', async () => {
    const { collector, get, simulator } = await collected()
    await collector.round()
    await simulator.close()
    const { items } = await get<Top>(`top?${RANGE}&by=user`)
    expect(items[0]).toMatchObject({ label: null })
    expect((await get<UsageSeries>(`series?${RANGE}`)).total).not.toBeNull()
  })

  test('does not wait for a gateway that is silent', async () => {
    const { collector, get, simulator } = await collected()
    await collector.round()
    simulator.control.faults.add({ hang: 'before' })
    const { items } = await get<Top>(`top?${RANGE}&by=user`)
    expect(items[0]).toMatchObject({ label: null })
  })

  test('tells how far the collector is', async () => {
    const { collector, get } = await collected()
    expect(await get<Collector>('collector')).toMatchObject({
      state: 'starting',
      objectsListed: 0,
      objectsPerSecond: null,
    })
    await collector.round()
    const status = await get<Collector>('collector')
    expect(status).toMatchObject({ state: 'up-to-date', objectsPending: 0, detail: null })
    expect(status.objectsStored).toBe(status.objectsListed)
  })
})

test('B49, B50, B51: a range that cannot be answered is refused, and the field is named', async () => {
  const { admin } = await world()
  const errorsOf = async (address: string) => {
    const reply = await admin('GET', `${CLUSTER}/usage/${address}`)
    expect.soft(reply.statusCode, address).toBe(400)
    return reply.json<Problem>().errors
  }
  const wrong: [query: string, pointer: string, code: string][] = [
    ['from=2026-11-05T00:00:00Z&to=2026-11-03T00:00:00Z', '/query/to', 'range_reversed'],
    ['from=2026-11-03T00:00:00Z&to=2026-11-03T00:00:00Z', '/query/to', 'range_reversed'],
    ['from=2026-02-31T00:00:00Z&to=2026-11-03T00:00:00Z', '/query/from', 'invalid_format'],
    ['from=0000-01-01T00:00:00Z&to=2026-11-03T00:00:00Z', '/query/from', 'range_too_early'],
    ['from=2024-02-30T25:00&to=2026-11-03T00:00:00Z', '/query/from', 'invalid_format'],
    ['from=2026-11-03T00:00:00%2B99:00&to=2026-11-04T00:00:00Z', '/query/from', 'invalid_format'],
    ['from=2011-11-03T00:00:00Z&to=2061-11-03T00:00:00Z', '/query/to', 'range_too_long'],
    ['from=2026-11-03T00:00:00Z', '/query/to', 'invalid_type'],
    [`${RANGE}&stepSeconds=0`, '/query/stepSeconds', 'too_small'],
    [`${RANGE}&stepSeconds=1e3`, '/query/stepSeconds', 'invalid_format'],
    [`${RANGE}&stepSeconds=60`, '/query/stepSeconds', 'step_too_small'],
    [`${RANGE}&stepSeconds=3600&stepSeconds=7200`, '/query/stepSeconds', 'invalid_type'],
    [`${RANGE}&fields=__proto__`, '/query/fields', 'unknown_field'],
  ]
  for (const [query, pointer, code] of wrong) {
    const errors = await errorsOf(`series?${query}`)
    expect.soft(errors, query).toContainEqual(expect.objectContaining({ pointer, code }))
  }
  for (const query of ['by=user&__proto__=5', 'by=user&sort=users;drop%20table', 'by=everything', 'by=user&limit=101'])
    await errorsOf(`top?${query}&${RANGE}`)
})

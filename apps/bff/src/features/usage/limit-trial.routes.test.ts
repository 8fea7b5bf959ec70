import type { SimulatorOptions } from '@ostor-console/gateway-sim/options'
import type { LimitTrial, TrialWindow } from '@ostor-console/shared/limit-trial'
import type { Problem } from '@ostor-console/shared/problem'
import { describe, expect, test } from 'vitest'
import { bodyOf, objectsIn } from '../../../test/collecting.ts'
import { collectorOn } from '../../../test/collector-on.ts'
import { blankPlace, ENGINES, type EngineName } from '../../../test/stores.ts'
import { testClock } from '../../../test/test-clock.ts'
import { CLUSTER, world } from '../../../test/world.ts'
import { gapsOf } from '../../adapters/store/gaps.ts'

const NOW = '2026-11-04T12:00:00Z'
const DAY = 86_400_000
const GATEWAY = '8000000000000065'

const collected = async (engine: EngineName, simulator: SimulatorOptions) => {
  const { databaseUrl } = await blankPlace(engine)
  const { now, later } = testClock(Date.parse(NOW))
  const here = await world({
    simulator: { now: NOW, users: 3, buckets: 6, services: 1, days: 9, silentPeriods: 0, ...simulator },
    now,
    ...(databaseUrl !== undefined && { databaseUrl }),
  })
  const { control } = here.simulator
  control.clock.setNow(NOW)
  control.clock.freeze()
  const collector = collectorOn(here.store, 'demo', here.gateway, { now })
  return {
    ...here,
    control,
    /** Twice, a minute apart, so that all but the newest objects are final. */
    collect: async () => {
      await collector.round()
      later(60_000)
      control.clock.advance(60_000)
      await collector.round()
    },
    trial: async (query: string): Promise<TrialWindow> => {
      const reply = await here.admin('GET', `${CLUSTER}/usage/limit-trial?${query}`)
      const [week] = reply.json<LimitTrial>().windows
      if (!week) throw new Error(reply.body)
      return week
    },
    from: () => now().getTime() - 7 * DAY,
  }
}

const findingsOf = ({ limits }: TrialWindow) => Object.fromEntries(limits.map(({ field, finding }) => [field, finding]))

describe.each(ENGINES)('limits tried on the past, on %s', (engine) => {
  test('are over in exactly those periods whose true mean was above them, for a user and a bucket', async () => {
    const { trial, collect, control, store, from } = await collected(engine, { restarts: 5 })
    await collect()
    const { oracle } = control
    const closed = await objectsIn(store)
    const objects = oracle
      .objects()
      .filter(({ name, startMs }) => startMs >= from() && closed.get(name)?.closed_at instanceof Date)
    expect(new Set(objects.map(({ seconds }) => seconds)).size).toBeGreaterThan(1)

    const [bucket = ''] = oracle.buckets()
    const owner = oracle.size(bucket)?.ownerId ?? ''
    for (const [query, filter] of [
      [`userId=${owner}`, { user: owner }],
      [`bucket=${bucket}`, { bucket }],
    ] as const) {
      const truth = objects.map(({ startMs, seconds }) => ({
        ...oracle.usage({ ...filter, from: startMs, to: startMs + 1 }),
        seconds: BigInt(seconds),
        startMs,
      }))
      const over = (of: 'get' | 'put' | 'downloaded', perSecond: bigint) =>
        truth.filter((one) => one[of] > perSecond * one.seconds).length
      // Near the middle, so that some periods are over it and some are not.
      const means = truth
        .map(({ downloaded, seconds }) => downloaded / seconds / 1024n)
        .toSorted((a, b) => Number(a - b))
      const middle = means[Math.floor(means.length * 0.6)] ?? 0n
      const week = await trial(`${query}&get=2&put=1&list=35000000&out=${middle}`)
      expect(week).toMatchObject({ days: 7, periodsKnown: objects.length, periodSeconds: 1800, gateways: 1 })
      const { get, put, list, out } = findingsOf(week)
      expect(get).toMatchObject({ periodsOver: over('get', 2n), periodsOverInBits: null })
      expect(put?.periodsOver).toBe(over('put', 1n))
      expect(list).toMatchObject({ periodsOver: 0, beyond: '0' })
      expect(out).toMatchObject({
        periodsOver: over('downloaded', middle * 1024n),
        periodsOverInBits: over('downloaded', middle * 125n),
      })
      expect(out?.periodsOver).toBeGreaterThan(0)
      expect(out?.periodsOver).toBeLessThan(out?.periodsOverInBits ?? 0)

      const highest = truth.reduce((most, one) => (one.get * most.seconds > most.get * one.seconds ? one : most))
      expect(get?.highest).toEqual({
        at: new Date(highest.startMs).toISOString(),
        seconds: Number(highest.seconds),
        amount: String(highest.get),
      })
    }
  })

  test('are tried on each gateway by itself, and what is not known counts for nothing', async () => {
    const { trial, collect, control, store } = await collected(engine, { days: 0, users: 1, buckets: 1 })
    const plant = (service: string, start: string, get: string) =>
      control.statistics.plant(
        `s3-usage-${service}-${start}-1800`,
        bodyOf(start, { userId: 'someone', get }).replaceAll(GATEWAY, service),
      )
    const other = '8000000000000066'
    plant(GATEWAY, '2026-11-03T00:00:00.000Z', '3600')
    // Two gateways at 1.5 a second each: which of them would be over 2 is not known, so none is.
    plant(other, '2026-11-03T00:30:00.000Z', '2700')
    plant(GATEWAY, '2026-11-03T00:30:00.000Z', '2700')
    plant(other, '2026-11-03T01:00:00.000Z', '3601')
    // Not to be read, and so not counted.
    control.statistics.plant(`s3-usage-${GATEWAY}-2026-11-03T01:00:00.000Z-1800`, '{')
    await collect()
    const week = await trial('userId=someone&get=2')
    expect(findingsOf(week)['get']).toMatchObject({
      periodsOver: 1,
      beyond: '1',
      highest: { at: '2026-11-03T01:00:00.000Z', seconds: 1800, amount: '3601' },
    })
    expect(week).toMatchObject({ periodsKnown: 4, gateways: 2 })
    expect(week.periodsUnknown).toBeGreaterThan(0)
    expect(week.source.coverage).toBe('partial')

    // Where an admin says that nothing is missing, nothing was done, and that is known.
    for (const serviceId of [GATEWAY, other])
      await gapsOf(store).decide({
        cluster: 'demo',
        serviceId,
        from: new Date('2026-11-03T00:00:00Z'),
        to: new Date(NOW),
        decision: 'accept',
        decidedBy: 'somebody',
        decidedAt: new Date(NOW),
        note: null,
      })
    const accepted = await trial('userId=someone&get=2')
    expect(accepted.periodsKnown).toBeGreaterThan(week.periodsKnown)
    expect(accepted.periodsKnown + accepted.periodsUnknown).toBe(week.periodsKnown + week.periodsUnknown)
    expect(findingsOf(accepted)).toEqual(findingsOf(week))
  })
})

test('of a subject that did nothing the periods are known, and of an empty store none is', async () => {
  const { trial, collect } = await collected('duckdb', {})
  const before = await trial('userId=nobody&put=5')
  expect(before).toMatchObject({ periodsKnown: 0, periodsUnknown: 0, periodSeconds: null, gateways: 0 })
  await collect()
  const week = await trial('userId=nobody&put=5')
  expect(week.periodsKnown).toBeGreaterThan(300)
  expect(findingsOf(week)['put']).toEqual({ periodsOver: 0, periodsOverInBits: null, beyond: '0', highest: null })
})

test('of deletions and of what has no limit of its own the statistics tell nothing', async () => {
  const { trial, collect } = await collected('duckdb', {})
  await collect()
  const week = await trial('userId=nobody&default=5&delete=5')
  expect(week.limits).toEqual([
    { field: 'default', limit: 5, finding: null },
    { field: 'delete', limit: 5, finding: null },
  ])
})

test.each(['put=5', 'userId=a&bucket=b&put=5', 'userId=a&put=0', 'userId=a&put=1.5', 'userId=a&out=2000000001'])(
  'what is no limit of one user or bucket is refused: %s',
  async (query) => {
    const { admin } = await world()
    const reply = await admin('GET', `${CLUSTER}/usage/limit-trial?${query}`)
    expect(reply.statusCode).toBe(400)
    expect(reply.json<Problem>().type).toBe('/problems/request-invalid')
  },
)

import type { HeatMap } from '@ostor-console/shared/usage'
import { describe, expect, test } from 'vitest'
import { bodyOf } from '../../../test/collecting.ts'
import { CLUSTER, world } from '../../../test/world.ts'

const NOW = '2026-11-04T12:00:00Z'
// Two weeks of which nothing is missing; 27 October and 3 November are Tuesdays.
const RANGE = 'from=2026-10-21T00:00:00Z&to=2026-11-04T00:00:00Z'
const TUESDAY = 1

const mapOf = async (periodSeconds: number, startedAt: string) => {
  const simulator = { now: NOW, days: 17, users: 1, buckets: 1, services: 1, silentPeriods: 0, period: periodSeconds }
  const made = await world({ simulator, now: () => new Date(NOW) })
  const { clock, statistics } = made.simulator.control
  clock.setNow(NOW)
  clock.freeze()
  const body = bodyOf(startedAt, { uploaded: '1000' }).replace('"period":1800', `"period":${periodSeconds}`)
  statistics.plant(`s3-usage-8000000000000065-${startedAt}-${periodSeconds}`, body)
  await made.collector.round()
  return async (timeZone: string) => {
    const query = `${RANGE}&metric=traffic&bucket=planted&timeZone=${timeZone}`
    const map = (await made.admin('GET', `${CLUSTER}/usage/heat-map?${query}`)).json<HeatMap>()
    const busy = map.cells.filter(({ mean }) => mean !== '0')
    return { ...map, busy }
  }
}

describe('the heat map', () => {
  test('has the mean of each hour of the week on the clock that is asked for', async () => {
    const map = await mapOf(1800, '2026-11-03T13:00:00.000Z')
    const { spreadHours, busy, cells } = await map('UTC')
    expect(spreadHours).toBe(1)
    expect(busy).toMatchObject([{ weekday: TUESDAY, hour: 13, hours: 2, mean: '500' }])
    expect(cells.reduce((sum, { hours }) => sum + hours, 0)).toBe(14 * 24)
    expect((await map('Asia/Kolkata')).busy).toMatchObject([{ weekday: TUESDAY, hour: 18, mean: '500' }])
    expect((await map('Pacific/Auckland')).busy).toMatchObject([{ weekday: TUESDAY + 1, hour: 2, mean: '500' }])
  })

  test('spreads what a longer period holds over its hours, and says so', async () => {
    const map = await mapOf(7200, '2026-11-03T12:00:00.000Z')
    const { spreadHours, busy, cells } = await map('UTC')
    expect(spreadHours).toBe(2)
    expect(busy).toMatchObject([
      { weekday: TUESDAY, hour: 12, hours: 2, mean: '250' },
      { weekday: TUESDAY, hour: 13, hours: 2, mean: '250' },
    ])
    expect(cells.reduce((sum, { hours }) => sum + hours, 0)).toBe(14 * 24)
  })
})

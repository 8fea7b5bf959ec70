import type { StatisticsObject } from '@ostor-console/shared/statistics'
import { describe, expect, test } from 'vitest'
import { bodyOf, totalsIn } from '../../../test/collecting.ts'
import { desk } from '../../../test/desk.ts'

const NOW = '2026-11-04T12:00:00Z'
const GATEWAY = '8000000000000065'

const planted = async (start: string, body = bodyOf(start, { bucket: 'lost', uploaded: '1000' })) => {
  let gatewayNow = () => Date.parse(NOW)
  const here = await desk({ now: NOW, days: 2, silentPeriods: 0 }, { now: () => new Date(gatewayNow()) })
  const { control } = here.simulator
  gatewayNow = control.clock.now
  control.clock.setNow(NOW)
  control.clock.freeze()
  const name = `s3-usage-${GATEWAY}-${start}-1800`
  control.statistics.plant(name, body)
  await here.collector.round()
  const decide = (decision: string, startedAt?: string) =>
    here.ask<StatisticsObject>('POST', `/statistics/${name}/decision`, { decision, ...(startedAt && { startedAt }) })
  const lost = async () => (await totalsIn(here.store)).uploaded - control.oracle.usage().uploaded
  return { ...here, name, decide, lost }
}

const OLD = '1970-01-01T00:00:05.000Z'
const TRUE_START = '2026-11-03T09:07:00.000Z'

describe('a decision about an object that cannot be true', () => {
  test('counts it from the time that it is given, and takes it back without a trace in the sums', async () => {
    const { decide, lost } = await planted(OLD)
    expect(await lost()).toBe(0n)
    expect((await decide('assign', TRUE_START)).body).toMatchObject({
      startedAt: TRUE_START,
      decision: 'assign',
      decidedBy: 'admin@example.com',
      reason: expect.stringContaining('1970'),
    })
    expect(await lost()).toBe(1000n)
    expect((await decide('withdraw')).body).toMatchObject({ state: 'quarantined', decision: null })
    expect(await lost()).toBe(0n)
  })

  test('leaves it out, also when the gateway lists it again', async () => {
    const { decide, lost, collector, control } = await planted(OLD)
    expect((await decide('exclude')).body).toMatchObject({ state: 'excluded', decision: 'exclude' })
    control.clock.advance(600_000)
    await collector.round()
    expect(await lost()).toBe(0n)
  })

  test('cannot count what has no true date, what is gone, or what is not in quarantine', async () => {
    const { decide, control, name } = await planted(OLD)
    expect((await decide('count')).status).toBe(409)
    expect((await decide('assign', '2009-01-01T00:00:00Z')).status).toBe(400)
    expect((await decide('assign')).status).toBe(400)
    control.statistics.remove(name)
    const gone = await decide('assign', TRUE_START)
    expect(gone.status).toBe(409)
    expect(gone.text).toContain('no longer has it')
  })
})

describe('the same data under another name', () => {
  test('counts once, whichever came first, until an admin says that it is other data', async () => {
    const first = '2026-11-03T09:00:00.000Z'
    const second = '2026-11-03T09:00:07.000Z'
    const { decide, lost, control, collector, signIn } = await planted(second, bodyOf(second, { uploaded: '1000' }))
    expect(await lost()).toBe(1000n)
    control.statistics.plant(`s3-usage-${GATEWAY}-${first}-1800`, bodyOf(first, { uploaded: '1000' }))
    control.clock.advance(3_601_000)
    await collector.round()
    expect(await lost()).toBe(1000n)
    await signIn()
    expect((await decide('count')).body).toMatchObject({ decision: 'count' })
    expect(await lost()).toBe(2000n)
  })
})

import type { GapPage } from '@ostor-console/shared/gaps'
import type { UsageSeries } from '@ostor-console/shared/usage'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'

const NOW = '2026-11-04T12:00:00Z'
const GATEWAY = '8000000000000065'
const RANGE = 'from=2026-11-03T00:00:00Z&to=2026-11-04T00:00:00Z'

/** Three days of two gateways, of which some objects are withheld. */
const withheld = async (...starts: string[]) => {
  let gatewayNow = () => Date.parse(NOW)
  const here = await desk({ now: NOW, days: 3, silentPeriods: 0 }, { now: () => new Date(gatewayNow()) })
  const { control } = here.simulator
  gatewayNow = control.clock.now
  control.clock.setNow(NOW)
  control.clock.freeze()
  const objects = control.oracle.objects().filter(({ name }) => name.includes(GATEWAY))
  const taken = objects.filter(({ startMs }) => starts.some((start) => Math.abs(Date.parse(start) - startMs) < 900_000))
  for (const { name } of taken) control.statistics.remove(name)
  await here.collector.round()
  // What is not old is final after two readings that agree.
  control.clock.advance(60_000)
  await here.collector.round()
  const gaps = async (query = '') => (await here.ask<GapPage>('GET', `/gaps${query}`)).body
  const series = async () => (await here.ask<UsageSeries>('GET', `/usage/series?${RANGE}`)).body
  const stretch = taken.map(({ startMs, seconds }) => ({ from: startMs, to: startMs + seconds * 1000 }))
  return { ...here, gaps, series, stretch, taken }
}

const span = ({ from, to }: { from: string; to: string }) => ({ from: Date.parse(from), to: Date.parse(to) })

describe('the gaps of a gateway service', () => {
  test('are exactly the periods that are missing', async () => {
    const { gaps, stretch } = await withheld('2026-11-03T04:00:00Z', '2026-11-03T09:00:00Z')
    const { items, open, services } = await gaps()
    expect(items.toReversed().map(span)).toEqual(stretch)
    expect(items).toMatchObject([
      { serviceId: GATEWAY, kind: 'missing', periods: 1, accepted: false, objects: [] },
      { serviceId: GATEWAY, kind: 'missing', periods: 1, accepted: false, objects: [] },
    ])
    expect({ open, services }).toEqual({ open: 2, services: [GATEWAY] })
  })

  test('make a total say "at least", until an admin says that nothing is missing, and again when that is taken back', async () => {
    const { gaps, series, ask } = await withheld('2026-11-03T04:00:00Z')
    const [gap] = (await gaps()).items
    expect((await series()).source).toMatchObject({
      coverage: 'partial',
      periodsMissing: 1,
      services: [{ serviceId: GATEWAY, periodsMissing: 1 }],
    })
    const decide = (decision: string, note?: string) =>
      ask<{ gaps: number }>('POST', '/gaps/decisions', {
        serviceId: GATEWAY,
        from: gap?.from,
        to: gap?.to,
        decision,
        note,
      })

    expect((await decide('accept', 'S3 was switched off for the move')).body).toEqual({ gaps: 1 })
    const { source, gaps: drawn } = await series()
    expect(source).toMatchObject({ coverage: 'complete', periodsMissing: 0 })
    expect(drawn).toMatchObject([{ accepted: true }])
    expect((await gaps('?state=open')).items).toEqual([])
    expect((await gaps('?state=accepted')).items).toMatchObject([
      { acceptedBy: 'admin@example.com', note: 'S3 was switched off for the move', acceptedAt: expect.any(String) },
    ])

    await decide('reopen')
    expect((await series()).source).toMatchObject({ coverage: 'partial', periodsMissing: 1 })
  })

  test('stay open when only a part of them was accepted', async () => {
    const { gaps, ask } = await withheld('2026-11-03T04:00:00Z')
    const [gap] = (await gaps()).items
    const to = new Date(Date.parse(gap?.to ?? '') - 60_000).toISOString()
    await ask('POST', '/gaps/decisions', { serviceId: GATEWAY, from: gap?.from, to, decision: 'accept' })
    expect((await gaps('?state=open')).matching).toBe(1)
  })

  test('grow while a gateway is silent, and are none any more when it is gone, until it writes again', async () => {
    const { gaps, ask, control, collector, signIn } = await withheld()
    const silent = () =>
      control.oracle
        .objects()
        .filter(({ name, startMs }) => name.includes(GATEWAY) && startMs > Date.parse('2026-11-04T09:00:00Z'))
    const later = async (...kept: string[]) => {
      control.clock.advance(3_600_000)
      for (const { name } of silent()) if (!kept.includes(name)) control.statistics.remove(name)
      await signIn()
      await collector.round()
      return (await gaps('?kind=missing')).items.filter(({ serviceId }) => serviceId === GATEWAY)
    }
    await later()
    for (const { name } of silent()) control.statistics.remove(name)
    const [before] = await later()
    expect(before).toMatchObject({ isLast: true, accepted: false })

    const { from, to } = before ?? {}
    const decide = (decision: string) => ask('POST', '/gaps/decisions', { serviceId: GATEWAY, from, to, decision })
    await decide('accept')
    expect(await later()).toMatchObject([{ from, isLast: true, accepted: false }])
    await decide('gone')
    expect(await later()).toMatchObject([{ from, isLast: true, accepted: true }])

    control.clock.advance(3_600_000)
    const back = silent().at(-1)?.name ?? ''
    expect(await later(back)).toMatchObject([
      { isLast: true, accepted: false },
      { from, isLast: false, accepted: true },
    ])
  })

  test('are gone when what was late has come', async () => {
    const { gaps, series, control, taken, collector, signIn } = await withheld('2026-11-03T04:00:00Z')
    for (const { name } of taken) control.statistics.restore(name)
    control.clock.advance(3_600_000)
    await signIn()
    await collector.round()
    expect(taken.map(({ name }) => name)).toHaveLength(1)
    expect((await gaps()).items.filter(({ from }) => from < '2026-11-04')).toEqual([])
    expect((await series()).source.periodsMissing).toBe(0)
  })

  test('name the objects that the gateway listed for them and that were gone when they were to be read', async () => {
    const { gaps, control, collector, taken, signIn } = await withheld('2026-11-03T04:00:00Z')
    const [missing] = taken
    const name = missing?.name ?? ''
    control.statistics.restore(name)
    control.faults.add({ service: 'ostor-usage', parameters: { obj: name }, status: 404, code: 'NoSuchKey' })
    control.clock.advance(3_600_000)
    await signIn()
    await collector.round()
    const { items } = await gaps('?kind=missing')
    const old = items.filter(({ from }) => from < '2026-11-04')
    expect(old).toMatchObject([{ periods: 1, objects: [{ name, reason: expect.stringContaining('gone before') }] }])
  })

  test('come in pages, newest first', async () => {
    const { gaps, stretch } = await withheld('2026-11-03T04:00:00Z', '2026-11-03T09:00:00Z', '2026-11-03T15:00:00Z')
    const first = await gaps('?limit=2')
    expect(first.items.map(span)).toEqual(stretch.slice(1).toReversed())
    const second = await gaps(`?limit=2&after=${first.next}`)
    expect(second.items).toHaveLength(1)
    expect({ next: second.next, matching: second.matching }).toEqual({ next: null, matching: 3 })
  })

  test.each([
    ['/gaps?after=what', 'GET', undefined, '/query/after'],
    ['/gaps?serviceId=xyz', 'GET', undefined, '/query/serviceId'],
    ['/gaps?state=what', 'GET', undefined, '/query/state'],
    [
      '/gaps/decisions',
      'POST',
      { serviceId: GATEWAY, from: '2026-11-03T05:00:00Z', to: '2026-11-03T04:00:00Z', decision: 'accept' },
      '/body/to',
    ],
  ] as const)('%s that makes no sense names the field', async (path, method, body, pointer) => {
    const { ask } = await desk()
    const reply = await ask(method, path, body)
    expect(reply.status).toBe(400)
    expect(reply.body.errors).toMatchObject([{ pointer }])
  })
})

import { describe, expect, test } from 'vitest'
import type { RangeStanding, ServiceStanding } from '../../adapters/store/usage-standing.ts'
import { coverageOfStep, sourceOf } from './coverage.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 1, hour))
const GATEWAY = '8000000000000065'
const CLOCK = { now: at(9), staleAfterMs: 300_000 }

const service: ServiceStanding = {
  serviceId: GATEWAY,
  firstStart: at(0),
  completeUntil: at(8),
  listed: 12,
  stored: 12,
  closed: 12,
  nominalSeconds: 1800,
}
const whole: RangeStanding = {
  services: [service],
  historyFrom: at(0),
  completeUntil: at(8),
  gaps: [],
  collectedAt: at(9),
}
const gap = { serviceId: GATEWAY, kind: 'missing', from: at(3), to: at(4), periods: 2, accepted: false } as const
const hour = (start: number) => ({ from: at(start), to: at(start + 1) })
const ALL = { listed: 2n, stored: 2n, closed: 2n }

describe('the coverage of a step', () => {
  test('is unknown while nothing in it is stored, and never a zero', () => {
    expect(coverageOfStep(whole, hour(1), undefined, false)).toBe('unknown')
    expect(coverageOfStep(whole, hour(1), { listed: 3n, stored: 0n, closed: 0n }, false)).toBe('unknown')
  })

  test('is partial while an object that was listed for it is not final', () => {
    expect(coverageOfStep(whole, hour(1), { listed: 3n, stored: 2n, closed: 2n }, false)).toBe('partial')
    expect(coverageOfStep(whole, hour(1), { listed: 3n, stored: 3n, closed: 2n }, false)).toBe('partial')
  })

  test('is partial where more may still be listed, before the history, and where it sticks out of the range', () => {
    expect(coverageOfStep(whole, hour(8), ALL, false)).toBe('partial')
    expect(coverageOfStep({ ...whole, completeUntil: null }, hour(1), ALL, false)).toBe('partial')
    expect(coverageOfStep({ ...whole, historyFrom: at(2) }, hour(1), ALL, false)).toBe('partial')
    expect(coverageOfStep(whole, hour(1), ALL, true)).toBe('partial')
    expect(coverageOfStep(whole, hour(7), ALL, false)).toBe('complete')
  })

  test('is partial beside a gap of one service, until an admin says that nothing is missing', () => {
    expect(coverageOfStep({ ...whole, gaps: [gap] }, hour(3), ALL, false)).toBe('partial')
    expect(coverageOfStep({ ...whole, gaps: [gap] }, hour(4), ALL, false)).toBe('complete')
    expect(coverageOfStep({ ...whole, gaps: [{ ...gap, accepted: true }] }, hour(3), ALL, false)).toBe('complete')
  })

  test('is a known nothing where every service was silent and an admin accepted it', () => {
    const accepted = { ...gap, accepted: true }
    expect(coverageOfStep({ ...whole, gaps: [accepted] }, hour(3), undefined, false)).toBe('complete')
    const late = { listed: 1n, stored: 0n, closed: 0n }
    expect(coverageOfStep({ ...whole, gaps: [accepted] }, hour(3), late, false)).toBe('unknown')
    // An object from before reaches into the hour, and nobody knows of anything that is missing there.
    const later = { ...accepted, from: new Date(at(3).getTime() + 1_620_000), to: at(5) }
    expect(coverageOfStep({ ...whole, gaps: [later] }, hour(3), undefined, false)).toBe('complete')
    expect(coverageOfStep({ ...whole, gaps: [later, { ...gap, to: later.from }] }, hour(3), undefined, false)).toBe(
      'unknown',
    )
    expect(coverageOfStep({ ...whole, completeUntil: later.from, gaps: [later] }, hour(3), undefined, false)).toBe(
      'unknown',
    )
    const other = { ...service, serviceId: '8000000000000066' }
    const two = { ...whole, services: [service, other], gaps: [accepted] }
    expect(coverageOfStep(two, hour(3), undefined, false)).toBe('unknown')
  })
})

describe('what a range rests on', () => {
  const range = { from: at(1), to: at(7) }

  test('is complete when history reaches back to its beginning and all in it is final', () => {
    expect(sourceOf(whole, range, CLOCK)).toEqual({
      coverage: 'complete',
      objectsListed: 12,
      objectsClosed: 12,
      periodsExpected: 12,
      periodsMissing: 0,
      services: [],
      historyFrom: at(0).toISOString(),
      completeUntil: at(8).toISOString(),
      collectedAt: at(9).toISOString(),
      staleSince: null,
    })
  })

  test.each([
    ['one object in it is not final', { services: [{ ...service, closed: 11 }] }, range],
    ['a period of it is missing', { gaps: [gap] }, range],
    ['it begins before the history', {}, { from: new Date(at(0).getTime() - 1), to: at(7) }],
    ['it ends after what is settled', {}, { from: at(1), to: at(9) }],
  ])('is partial when %s', (_, change, asked) => {
    expect(sourceOf({ ...whole, ...change }, asked, CLOCK).coverage).toBe('partial')
  })

  test('names the service that lacks periods, with those that lie in the range', () => {
    const { periodsExpected, periodsMissing, services } = sourceOf({ ...whole, gaps: [gap] }, range, CLOCK)
    expect({ periodsExpected, periodsMissing }).toEqual({ periodsExpected: 14, periodsMissing: 2 })
    expect(services).toMatchObject([{ serviceId: GATEWAY, periodsExpected: 14, periodsMissing: 2 }])
    const half = { from: new Date(at(3).getTime() + 1_800_000), to: at(7) }
    expect(sourceOf({ ...whole, gaps: [gap] }, half, CLOCK).periodsMissing).toBe(1)
  })

  test('counts a period of which a part is missing once as expected and once as missing', () => {
    const short = { ...gap, kind: 'short', periods: 1 } as const
    expect(sourceOf({ ...whole, gaps: [short] }, range, CLOCK)).toMatchObject({
      periodsExpected: 12,
      periodsMissing: 1,
    })
  })

  test('is unknown while nothing is stored', () => {
    const nothing = {
      services: [{ ...service, firstStart: null, stored: 0, closed: 0, completeUntil: null }],
      historyFrom: null,
      completeUntil: null,
    }
    expect(sourceOf({ ...whole, ...nothing }, range, CLOCK)).toMatchObject({ coverage: 'unknown', completeUntil: null })
  })

  test('is stale when the gateway was not listed for too long, unless all of it was settled before', () => {
    const later = { now: new Date(at(9).getTime() + 300_001), staleAfterMs: 300_000 }
    expect(sourceOf(whole, { from: at(1), to: at(9) }, later).staleSince).toBe(at(9).toISOString())
    expect(sourceOf(whole, { from: at(1), to: at(9) }, CLOCK).staleSince).toBeNull()
    expect(sourceOf(whole, range, later).staleSince).toBeNull()
  })
})

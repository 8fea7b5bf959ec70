import { describe, expect, test } from 'vitest'
import type { RangeStanding } from '../../adapters/store/usage.ts'
import { coverageOfStep, sourceOf } from './series.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 1, hour))

describe('the coverage of a step', () => {
  test('is unknown while nothing in it is stored, and never a zero', () => {
    expect(coverageOfStep(undefined, at(1), at(5))).toBe('unknown')
    expect(coverageOfStep({ listed: 3n, stored: 0n, closed: 0n }, at(1), at(5))).toBe('unknown')
  })

  test('is partial while an object that was listed for it is not final', () => {
    expect(coverageOfStep({ listed: 3n, stored: 2n, closed: 2n }, at(1), at(5))).toBe('partial')
    expect(coverageOfStep({ listed: 3n, stored: 3n, closed: 2n }, at(1), at(5))).toBe('partial')
  })

  test('is partial where more may still be listed, and where it sticks out of the range', () => {
    const all = { listed: 3n, stored: 3n, closed: 3n }
    expect(coverageOfStep(all, at(6), at(5))).toBe('partial')
    expect(coverageOfStep(all, at(1), null)).toBe('partial')
    expect(coverageOfStep(all, null, at(5))).toBe('partial')
    expect(coverageOfStep(all, at(5), at(5))).toBe('complete')
  })
})

describe('what a range rests on', () => {
  const whole: RangeStanding = {
    listed: 4,
    stored: 4,
    closed: 4,
    historyFrom: at(0),
    collectedAt: at(9),
    settledUntil: at(8),
    firstHole: null,
    nominalSeconds: 1800,
  }
  const range = { from: at(1), to: at(7) }

  test('is complete when history reaches back to its beginning and all in it is final', () => {
    expect(sourceOf(whole, range)).toEqual({
      coverage: 'complete',
      objectsListed: 4,
      objectsClosed: 4,
      historyFrom: at(0).toISOString(),
      completeUntil: at(8).toISOString(),
      collectedAt: at(9).toISOString(),
    })
  })

  test.each([
    ['one object in it is not final', { closed: 3, firstHole: at(3) }, range],
    ['it begins before the history', {}, { from: new Date(at(0).getTime() - 1), to: at(7) }],
    ['it ends after what is settled', {}, { from: at(1), to: at(9) }],
  ])('is partial when %s', (_, change, asked) => {
    expect(sourceOf({ ...whole, ...change }, asked).coverage).toBe('partial')
  })

  test('is complete only up to the first object that is not final', () => {
    expect(sourceOf({ ...whole, closed: 3, firstHole: at(3) }, range).completeUntil).toBe(at(3).toISOString())
  })

  test('is unknown while nothing is stored', () => {
    const nothing = { ...whole, stored: 0, closed: 0, historyFrom: null, settledUntil: null }
    expect(sourceOf(nothing, range)).toMatchObject({ coverage: 'unknown', completeUntil: null })
  })
})

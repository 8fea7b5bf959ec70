import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseSteps, MOST_POINTS, stepsOf } from './steps.ts'

const HOUR = 3_600
const DAY = 86_400
const at = (text: string) => new Date(text)
const ranges = fc
  .tuple(fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2040, 0, 1) }), fc.integer({ min: 1, max: 400 * DAY }))
  .map(([from, seconds]) => ({ from: new Date(from), to: new Date(from + seconds * 1000) }))

describe('the step of a series', () => {
  test.each([
    ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', HOUR, 24],
    ['2026-11-01T00:00:00Z', '2026-11-21T20:00:00Z', HOUR, 500],
    ['2026-11-01T00:00:00Z', '2026-11-21T20:00:01Z', 2 * HOUR, 251],
    ['2026-08-01T00:00:00Z', '2026-10-30T00:00:00Z', 6 * HOUR, 360],
    ['2025-10-18T00:00:00Z', '2026-11-22T00:00:00Z', DAY, 400],
  ])('from %s to %s is %d seconds', (from, to, stepSeconds, count) => {
    expect(chooseSteps(at(from), at(to), 1800)).toMatchObject({ stepSeconds, count })
  })

  test('is never shorter than the period of the objects, for what lies within a period is not known', () => {
    const [from, to] = [at('2026-11-01T00:00:00Z'), at('2026-11-02T00:00:00Z')]
    expect(chooseSteps(from, to, 7200).stepSeconds).toBe(7200)
    expect(chooseSteps(from, to, 10 * DAY).stepSeconds).toBe(14 * DAY)
    expect(() => chooseSteps(from, to, 1800, 900)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ errors: [expect.objectContaining({ code: 'step_below_period' })] }),
      }),
    )
  })

  test('that gives more than 500 points is refused', () => {
    const [from, to] = [at('2026-11-01T00:00:00Z'), at('2026-11-21T20:00:01Z')]
    expect(() => chooseSteps(from, to, null, HOUR)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ errors: [expect.objectContaining({ code: 'step_too_small' })] }),
      }),
    )
    expect(chooseSteps(from, to, null, 2 * HOUR).count).toBe(251)
  })

  test('of days begins at midnight, and of weeks on Monday, in UTC', () => {
    const [from, to] = [at('2026-11-19T17:00:00Z'), at('2026-11-30T00:00:00Z')]
    expect(new Date(stepsOf(from, to, DAY).firstSeconds * 1000)).toEqual(at('2026-11-19T00:00:00Z'))
    expect(new Date(stepsOf(from, to, 7 * DAY).firstSeconds * 1000)).toEqual(at('2026-11-16T00:00:00Z'))
  })

  test('covers every range without a gap, in at most 500 points', () => {
    fc.assert(
      fc.property(ranges, fc.option(fc.integer({ min: 10, max: 30 * DAY })), ({ from, to }, nominal) => {
        const { firstSeconds, stepSeconds, count } = chooseSteps(from, to, nominal)
        expect(count).toBeLessThanOrEqual(MOST_POINTS)
        expect(firstSeconds * 1000).toBeLessThanOrEqual(from.getTime())
        expect((firstSeconds + stepSeconds) * 1000).toBeGreaterThan(from.getTime())
        expect((firstSeconds + count * stepSeconds) * 1000).toBeGreaterThanOrEqual(to.getTime())
        expect((firstSeconds + (count - 1) * stepSeconds) * 1000).toBeLessThan(to.getTime())
      }),
    )
  })
})

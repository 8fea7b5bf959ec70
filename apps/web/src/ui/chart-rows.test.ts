import { describe, expect, test } from 'vitest'
import { type ChartStep, highest, rowsOf, stretches } from './chart-rows.ts'
import { timeTicks, valueTicks } from './chart-ticks.ts'

const step = (from: number, coverage: ChartStep['coverage'], up = '5'): ChartStep => ({
  from,
  to: from + 10,
  coverage,
  values: coverage === 'unknown' ? null : { up, down: '7' },
})

describe('what a chart draws', () => {
  test('an unknown step has no value, not a zero', () => {
    const rows = rowsOf([step(0, 'complete'), step(10, 'unknown')], ['up'], false)
    expect(rows[1]).toMatchObject({ bands: null, solid: false, dashed: false })
  })

  test('a partial step is dashed, and so is the way to it', () => {
    const rows = rowsOf([step(0, 'complete'), step(10, 'complete'), step(20, 'partial')], ['up'], false)
    expect(rows.map(({ solid, dashed }) => [solid, dashed])).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ])
  })

  test('a dashed line does not reach over a gap', () => {
    const rows = rowsOf([step(0, 'partial'), step(10, 'unknown'), step(20, 'complete')], ['up'], false)
    expect(rows.map(({ dashed, alone }) => [dashed, alone])).toEqual([
      [true, true],
      [false, false],
      [false, true],
    ])
  })

  test('stacked series stand on each other, others on the ground', () => {
    expect(rowsOf([step(0, 'complete')], ['up', 'down'], true)[0]?.bands).toEqual({ up: [0, 5], down: [5, 12] })
    expect(rowsOf([step(0, 'complete')], ['up', 'down'], false)[0]?.bands).toEqual({ up: [0, 5], down: [0, 7] })
    expect(highest(rowsOf([step(0, 'complete'), step(10, 'unknown')], ['up', 'down'], true))).toBe(12)
  })

  test('neighbouring gaps are one stretch', () => {
    const steps = [step(0, 'unknown'), step(10, 'unknown'), step(20, 'complete'), step(30, 'unknown')]
    expect(stretches(steps, 'unknown')).toEqual([
      { from: 0, to: 20 },
      { from: 30, to: 40 },
    ])
  })
})

describe('the marks of an axis', () => {
  test('times are round in UTC', () => {
    const { ticks, step: size } = timeTicks(Date.parse('2026-11-01T13:30:00Z'), Date.parse('2026-11-02T13:47:00Z'))
    expect(size).toBe(3 * 3_600_000)
    expect(new Date(ticks[0] ?? 0).toISOString()).toBe('2026-11-01T15:00:00.000Z')
  })

  test('a year is marked by its months', () => {
    const { ticks } = timeTicks(Date.parse('2025-10-05T00:00:00Z'), Date.parse('2026-11-01T00:00:00Z'))
    expect(ticks).toHaveLength(13)
    expect(ticks.every((at) => new Date(at).getUTCDate() === 1)).toBe(true)
  })

  test.each([
    [0, 1, [0, 1]],
    [3, 1, [0, 1, 2, 3]],
    [97, 1, [0, 20, 40, 60, 80, 100]],
    [3.2 * 1024, 1024, [0, 1024, 2048, 3072, 4096]],
  ])('values up to %f in units of %i', (most, unit, ticks) => {
    expect(valueTicks(most, unit)).toEqual(ticks)
  })

  test('a series that is not known in a step is not drawn there, not even as 0', () => {
    const shown = { from: 0, to: 10, coverage: 'partial', values: { up: '5' } } as const
    const [row] = rowsOf([shown], ['up', 'down'], false)
    expect(row?.bands).toEqual({ up: [0, 5] })
  })

  test('what is compared stands beside each series, or as the sum of what is stacked', () => {
    const shown = { from: 0, to: 10, coverage: 'complete', values: { up: '5', down: '7' } } as const
    const compared = { up: '2', down: '3' }
    expect(rowsOf([{ ...shown, compared }], ['up', 'down'], false)[0]?.earlier).toEqual({ up: 2, down: 3 })
    expect(rowsOf([{ ...shown, compared }], ['up', 'down'], true)[0]?.earlier).toEqual({ whole: 5 })
    expect(rowsOf([{ ...shown, compared: null }], ['up'], false)[0]?.earlier).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import { comparedRange, customRange, daysOf, type RangeChoice, rangeSearch, resolveRange, withRange } from './ranges.ts'

const NOW = new Date('2026-11-02T13:47:31Z')

const resolved = (choice: RangeChoice, now = NOW) => {
  const { from, to, stepSeconds } = resolveRange(choice, now)
  return [from.slice(0, 16), to.slice(0, 16), stepSeconds]
}

describe('a range in the address', () => {
  test.each([
    ['24h', '2026-11-01T13:00', '2026-11-02T13:47', null],
    ['7d', '2026-10-26T13:00', '2026-11-02T13:47', null],
    ['30d', '2026-10-03T00:00', '2026-11-02T13:47', 86_400],
    ['90d', '2026-08-04T00:00', '2026-11-02T13:47', 86_400],
    ['this-month', '2026-11-01T00:00', '2026-11-02T13:47', null],
    ['last-month', '2026-10-01T00:00', '2026-11-01T00:00', 86_400],
  ] as const)('%s is resolved against the clock when it is called', (choice, from, to, step) => {
    expect(resolved(choice)).toEqual([from, to, step])
  })

  test('the months meet over the turn of a year', () => {
    const january = new Date('2027-01-15T10:00:00Z')
    expect(resolved('last-month', january)).toEqual(['2026-12-01T00:00', '2027-01-01T00:00', 86_400])
    expect(resolved('this-month', january)[0]).toBe('2027-01-01T00:00')
  })

  test('the first second of a month is not an empty range', () => {
    const { from, to } = resolveRange('this-month', new Date('2026-11-01T00:00:00Z'))
    expect(Date.parse(to)).toBeGreaterThan(Date.parse(from))
  })

  test('chosen days include the last one', () => {
    expect(resolved({ from: '2026-10-01', to: '2026-10-02' })).toEqual(['2026-10-01T00:00', '2026-10-03T00:00', null])
  })

  test('a day that has not ended goes up to now', () => {
    expect(resolved({ from: '2026-11-02', to: '2026-11-02' })).toEqual(['2026-11-02T00:00', '2026-11-02T13:47', null])
  })

  test.each([
    ['days', { from: '2026-10-01', to: '2026-10-02' }, '2026-10-01', '2026-10-02'],
    ['instants', { from: '2026-10-01T10:30Z', to: '2026-10-02T09:00Z' }, '2026-10-01', '2026-10-02'],
    ['instants up to midnight', { from: '2026-10-01T10:30Z', to: '2026-10-02T00:00Z' }, '2026-10-01', '2026-10-01'],
    ['400 days from noon to noon', { from: '2025-01-01T12:00Z', to: '2026-02-05T12:00Z' }, '2025-01-02', '2026-02-05'],
    ['a moving range', '24h', '2026-11-01', '2026-11-02'],
  ] as const)('%s lie in days that can be chosen again', (_, choice, from, to) => {
    expect(daysOf(choice, NOW)).toEqual({ from, to })
    expect(customRange(from, to)).toEqual({ from, to })
  })

  test.each([
    ['reversed', '2026-10-02', '2026-10-01'],
    ['not a day', '2026-02-30', '2026-03-01'],
    ['before 2010', '2009-12-31', '2010-01-02'],
    ['too long', '2025-01-01', '2026-11-01'],
    ['not text', 5, null],
  ])('days that are %s are left out', (_, from, to) => {
    expect(customRange(from, to)).toBeNull()
    expect(rangeSearch({ from, to })).toEqual({})
  })

  test('400 days are the most', () => {
    expect(customRange('2025-01-01', '2026-02-04')).not.toBeNull()
    expect(customRange('2025-01-01', '2026-02-05')).toBeNull()
  })

  test('what an address cannot mean falls back to the default of the page', () => {
    expect(rangeSearch({ range: '5y', other: 1 })).toEqual({})
    expect(rangeSearch({ range: '7d' })).toEqual({ range: '7d' })
  })

  test('another range leaves nothing of the one before, and keeps the rest of the address', () => {
    expect(withRange({ from: '2026-11-01', to: '2026-11-02', metric: 'traffic' }, '7d')).toEqual({
      metric: 'traffic',
      range: '7d',
    })
    expect(Object.keys(withRange({ range: '7d' }, { from: '2026-11-01', to: '2026-11-02' }))).toEqual(['from', 'to'])
  })
})

const HOUR = 3600
const DAY = 24 * HOUR
const hoursEarlier = (choice: RangeChoice, stepSeconds: number, comparison: 'previous' | 'year', now = NOW) => {
  const { from, to } = resolveRange(choice, now)
  const earlier = comparedRange({ from, to, stepSeconds }, comparison)
  expect(Date.parse(to) - Date.parse(earlier.to)).toBe(Date.parse(from) - Date.parse(earlier.from))
  return (Date.parse(from) - Date.parse(earlier.from)) / 3_600_000
}

describe('the range that another one is compared with', () => {
  test.each([
    ['24h', HOUR, 24],
    ['7d', HOUR, 7 * 24],
    ['30d', DAY, 30 * 24],
    ['90d', 2 * DAY, 90 * 24],
    ['13m', 7 * DAY, 52 * 7 * 24],
    ['this-month', HOUR, 2 * 24],
    ['last-month', DAY, 31 * 24],
    [{ from: '2026-10-01T10:00Z', to: '2026-10-01T16:00Z' }, HOUR, 6],
    [{ from: '2026-10-01T10:00Z', to: '2026-10-01T15:30Z' }, 2 * HOUR, 4],
    [{ from: '2026-10-01T10:00Z', to: '2026-10-01T10:30Z' }, HOUR, 1],
  ] as const)(
    '%j in steps of %i s lies whole steps after the one before, and days where it is a day or more',
    (...given) => {
      const [choice, stepSeconds, hours] = given
      expect(hoursEarlier(choice, stepSeconds, 'previous')).toBe(hours)
    },
  )

  test.each([
    ['24h', HOUR, 365],
    ['30d', DAY, 365],
    ['90d', 2 * DAY, 364],
    ['13m', 7 * DAY, 364],
  ] as const)('%s in steps of %i s lies whole steps after the year before', (choice, stepSeconds, days) => {
    expect(hoursEarlier(choice, stepSeconds, 'year')).toBe(days * 24)
  })
})

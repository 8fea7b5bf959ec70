import { describe, expect, test } from 'vitest'
import { formatAge } from './ages.ts'
import { formatInstant, formatSpan } from './dates.ts'
import { formatDuration } from './durations.ts'

describe('times for people', () => {
  test('an instant is in UTC and says so', () => {
    expect(formatInstant('2026-11-01T14:30:00Z')).toBe('1 Nov 2026, 14:30 UTC')
  })

  test('a span of whole days names its last day, not the midnight after it', () => {
    expect(formatSpan('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z')).toBe('1 Nov 2026 – 30 Nov 2026')
    expect(formatSpan('2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z')).toBe('1 Nov 2026')
  })

  test('a span within a day names the day once', () => {
    expect(formatSpan('2026-11-01T14:00:00Z', '2026-11-01T14:30:00Z')).toBe('1 Nov 2026, 14:00 – 14:30 UTC')
  })

  test.each([
    [0, '0 s'],
    [45, '45 s'],
    [1800, '30 min'],
    [5400, '1 h 30 min'],
    [86_400, '1 d'],
    [90_061, '1 d 1 h'],
    [86_430, '1 d'],
  ])('%i seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  test('an age is told in its largest unit and never rounded up', () => {
    const now = new Date('2026-11-02T12:00:00Z')
    expect(formatAge('2026-11-02T11:59:40Z', now)).toBe('just now')
    expect(formatAge('2026-11-02T11:57:00Z', now)).toBe('3 minutes ago')
    expect(formatAge('2026-11-01T12:01:00Z', now)).toBe('23 hours ago')
    expect(formatAge('2026-11-01T11:00:00Z', now)).toBe('yesterday')
    expect(formatAge('2026-11-02T14:00:00Z', now)).toBe('in 2 hours')
  })
})

import { describe, expect, test } from 'vitest'
import { isClosed } from './closing.ts'

const MINUTE = 60_000
const startedAt = new Date('2026-11-01T00:00:00Z')
const closed = (afterStartMs: number, more: { periodSeconds?: number; unchangedMs?: number } = {}) =>
  isClosed({
    startedAt,
    nominalSeconds: 1800,
    periodSeconds: 1800,
    unchangedMs: MINUTE,
    gatewayNow: new Date(startedAt.getTime() + afterStartMs),
    ...more,
  })

describe('a statistics object is final', () => {
  test('ten minutes after its end, when it was read twice and did not change', () => {
    expect(closed(40 * MINUTE)).toBe(false)
    expect(closed(40 * MINUTE + 1)).toBe(true)
    expect(closed(40 * MINUTE + 1, { unchangedMs: 29_999 })).toBe(false)
  })

  test('not sooner because its body covers less than its name says', () => {
    expect(closed(35 * MINUTE, { periodSeconds: 60 })).toBe(false)
  })

  test('later when its body covers more than its name says', () => {
    expect(closed(45 * MINUTE, { periodSeconds: 3600 })).toBe(false)
    expect(closed(71 * MINUTE, { periodSeconds: 3600 })).toBe(true)
  })

  test('a day after its end even when it was read but once', () => {
    expect(closed(24 * 60 * MINUTE + 31 * MINUTE, { unchangedMs: 0 })).toBe(true)
    expect(closed(24 * 60 * MINUTE + 29 * MINUTE, { unchangedMs: 0 })).toBe(false)
  })
})

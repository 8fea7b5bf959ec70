import { describe, expect, test } from 'vitest'
import { compactCount, formatChange, formatCount, formatShare, shareOf } from './counts.ts'

describe('counts for people', () => {
  test('a count past 2^53 keeps every digit', () => {
    expect(formatCount('9007199254740993')).toBe('9,007,199,254,740,993')
  })

  test('a large count is short on an axis', () => {
    expect(compactCount('1234567')).toBe('1.23M')
    expect(compactCount(999)).toBe('999')
  })

  test('a share of nothing is not a share of 0', () => {
    expect(shareOf('0', '0')).toBeNull()
    expect(shareOf('1', '3')).toBe(0.3333)
  })

  test('something small is never shown as 0%', () => {
    expect(formatShare(0, '5')).toBe('< 0.1%')
    expect(formatShare(0, '0')).toBe('0%')
    expect(formatShare(0.1234, '5')).toBe('12.3%')
  })

  test('a change from nothing has no percentage', () => {
    expect(formatChange('0', '10')).toBeNull()
    expect(formatChange('100', '112')).toBe('+12%')
    expect(formatChange('100', '50')).toBe('−50%')
    expect(formatChange('1000', '1016')).toBe('+1.6%')
    expect(formatChange('10', '500')).toBe('×50')
    expect(formatChange('100', '100')).toBe('±0%')
  })
})

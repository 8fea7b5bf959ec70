import { expect, test } from 'vitest'
import { formatUsed, usedOf } from './quotas.ts'

const GB = 1_000_000_000n
const GIB = String(2n ** 30n)

test('the use of a quota is a range while a GB may have two sizes', () => {
  const stored = String(87n * GB)
  expect(usedOf(stored, 100, null)).toEqual([81, 87])
  expect(formatUsed(usedOf(stored, 100, null), stored)).toBe('81% – 87%')
  expect(formatUsed(usedOf(stored, 100, String(GB)), stored)).toBe('87%')
  expect(formatUsed(usedOf(stored, 100, GIB), stored)).toBe('81%')
})

test('what is not full is never shown as 100 %, and what is there never as 0', () => {
  const almost = String(100n * GB - 1n)
  expect(formatUsed(usedOf(almost, 100, String(GB)), almost)).toBe('99%')
  expect(formatUsed(usedOf(String(100n * GB), 100, String(GB)), String(100n * GB))).toBe('100%')
  expect(formatUsed(usedOf('1', 100, null), '1')).toBe('< 1%')
  expect(formatUsed([0, 1], String(105n * 10n ** 7n))).toBe('< 2%')
  expect(formatUsed(usedOf('0', 100, null), '0')).toBe('0%')
})

test('a part of a GB counts', () => {
  expect(usedOf('500000000', 0.5, String(GB))).toEqual([100])
})

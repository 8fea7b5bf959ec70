import { expect, test } from 'vitest'
import { addUp, olderOf } from './clusters-sum.ts'

test('what is not known is left out of the sum and counted, and is never 0', () => {
  expect(addUp([1, '9007199254740993'])).toEqual({ total: 9_007_199_254_740_994n, missing: 0 })
  expect(addUp([5, null, undefined])).toEqual({ total: 5n, missing: 2 })
  expect(addUp([null, undefined])).toEqual({ total: null, missing: 2 })
  expect(addUp([0])).toEqual({ total: 0n, missing: 0 })
})

test('of two lists the age of the older one is told, and of one alone its own', () => {
  const [old, fresh] = [
    { asOf: '2026-01-01T00:00:00.000Z', staleReason: 'away' },
    { asOf: '2026-01-02T00:00:00.000Z', staleReason: null },
  ]
  expect(olderOf(old, fresh)).toBe(old)
  expect(olderOf(fresh, old)).toBe(old)
  expect(olderOf(undefined, old)).toBe(old)
  expect(olderOf(fresh, undefined)).toBe(fresh)
  expect(olderOf(undefined, undefined)).toBeUndefined()
})

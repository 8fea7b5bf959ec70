import { type ProblemKind, problem } from '@ostor-console/shared/problem'
import { expect, test } from 'vitest'
import { every } from './every.ts'

const after = (error: Error | null, ms: number | false = 60_000) => every(ms)({ state: { error } })

test('without a failure a page is read again as often as it says', () => {
  expect(after(null)).toBe(60_000)
  expect(after(null, false)).toBe(false)
})

test.each<ProblemKind>(['gateway-unreachable', 'gateway-clock', 'gateway-bad-reply', 'store-unavailable'])(
  'after %s it is read again soon, so that it comes back by itself',
  (kind) => expect(after(problem(kind), false)).toBe(10_000),
)

test('no sooner than the answer asks for', () => {
  expect(after(problem('gateway-unreachable', { retryAfterSeconds: 45 }))).toBe(45_000)
})

test.each<ProblemKind>(['gateway-refused', 'user-not-found', 'session-required'])(
  '%s is not asked about again',
  (kind) => expect(after(problem(kind), false)).toBe(false),
)

import { expect, test } from 'vitest'
import { testClock } from '../../../test/test-clock.ts'
import { createAttempts } from './attempts.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 10, 1)

const take = (attempts: ReturnType<typeof createAttempts>, times: number, email: string, address: string) =>
  Array.from({ length: times }, () => attempts.take(email, address))

test('the eleventh try from one address has to wait until a quarter of an hour has passed since the first', () => {
  const { now, later } = testClock(START)
  const attempts = createAttempts(now)
  expect(take(attempts, 10, 'a@example.com', '192.0.2.1')).toEqual(Array(10).fill(null))
  later(5 * MINUTE)
  expect(attempts.take('A@example.com', '192.0.2.1')).toBe(600)
  expect(attempts.take('b@example.com', '192.0.2.1')).toBeNull()
  later(10 * MINUTE + 1)
  expect(attempts.take('a@example.com', '192.0.2.1')).toBeNull()
})

test('who guesses from everywhere does not lock out an address that has signed in before', () => {
  const attempts = createAttempts(testClock(START).now)
  attempts.take('a@example.com', '192.0.2.1')
  attempts.succeeded('a@example.com', '192.0.2.1')
  for (let host = 0; host < 20; host += 1) take(attempts, 10, 'a@example.com', `198.51.100.${host}`)
  expect(attempts.take('a@example.com', '203.0.113.1')).toBeGreaterThan(0)
  expect(attempts.take('a@example.com', '192.0.2.1')).toBeNull()
})

test('signing in often is not guessing', () => {
  const attempts = createAttempts(testClock(START).now)
  for (let times = 0; times < 300; times += 1) {
    expect(attempts.take('a@example.com', '192.0.2.1')).toBeNull()
    attempts.succeeded('a@example.com', '192.0.2.1')
  }
})

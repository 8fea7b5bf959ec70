import { array, assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { boundOf } from './limit-trial.ts'

const MANY = 1_000_000

/** What a limiter refuses that lets `perSecond` through each second and tolerates a burst, replayed second by second. */
const refusedBy = (perSecond: number, burst: number, seconds: readonly number[]): number => {
  let tokens = burst
  return seconds.reduce((refused, asked) => {
    tokens = Math.min(burst, tokens) + perSecond
    const served = Math.min(asked, tokens)
    tokens -= served
    return refused + asked - served
  }, 0)
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)
const periodOf = (seconds: readonly number[]) => ({
  startedAt: new Date(0),
  seconds: seconds.length,
  amount: BigInt(sumOf(seconds)),
})

const traffic = array(integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 60 })

test('what is beyond a limit, less the burst, is never more than a limiter would have refused', () => {
  assert(
    property(
      array(traffic, { maxLength: 5 }),
      integer({ min: 1, max: 300 }),
      integer({ min: 0, max: 200 }),
      (periods, limit, burst) => {
        const { periodsOver, beyond } = boundOf(periods.map(periodOf), BigInt(limit))
        const refused = periods.map((seconds) => refusedBy(limit, burst, seconds))
        expect(Number(beyond) - burst * periodsOver).toBeLessThanOrEqual(sumOf(refused))
      },
    ),
    { numRuns: 300 },
  )
})

test('of traffic at a constant rate it is exactly what a limiter without a burst would have refused', () => {
  assert(
    property(
      integer({ min: 0, max: 500 }),
      integer({ min: 1, max: 60 }),
      integer({ min: 1, max: 300 }),
      (rate, length, limit) => {
        const seconds = Array.from({ length }, () => rate)
        const { periodsOver, beyond } = boundOf([periodOf(seconds)], BigInt(limit))
        expect(Number(beyond)).toBe(refusedBy(limit, 0, seconds))
        expect(periodsOver).toBe(rate > limit ? 1 : 0)
      },
    ),
  )
})

test('a mean that is just the limit is not over it, and counts past 2^53 are exact', () => {
  const period = { startedAt: new Date(0), seconds: 1800, amount: BigInt(MANY) * 1800n }
  expect(boundOf([period], BigInt(MANY))).toEqual({ periodsOver: 0, beyond: 0n })
  const large = { ...period, amount: 2n ** 62n + 1n }
  expect(boundOf([large], 1n)).toEqual({ periodsOver: 1, beyond: 2n ** 62n + 1n - 1800n })
})

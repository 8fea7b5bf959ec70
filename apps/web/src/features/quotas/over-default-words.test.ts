import type { OverDefault } from '@ostor-console/shared/quotas'
import { expect, test } from 'vitest'
import { caveatsOf, overText } from './over-default-words.ts'

const GIB = '1073741824'

const overOf = (most: number, fewest: number, unknown = 0): OverDefault => ({
  size: 1250,
  total: 120,
  unknown,
  over: [
    { bytesPerGb: '1000000000', count: most },
    { bytesPerGb: GIB, count: fewest },
  ],
  largest: [],
  freshness: { asOf: '2026-11-04T12:00:00.000Z', staleReason: null },
})

test('who is over is counted for both sizes of a GB until one is known', () => {
  expect(overText(overOf(14, 12), 'user', null)).toBe(
    "12 to 14 of 120 users store more than 1,250 GB now: the gateway's GB may be 10^9 or 2^30 bytes.",
  )
  expect(overText(overOf(14, 12), 'bucket', GIB)).toBe('12 of 120 buckets hold more than 1,250 GB now.')
  expect(overText(overOf(1, 1), 'user', null)).toBe('1 of 120 users stores more than 1,250 GB now.')
  expect(overText(overOf(0, 0), 'user', null)).toBe('None of 120 users stores more than 1,250 GB now.')
})

test('unknown sizes and quotas of their own are said', () => {
  expect(caveatsOf(overOf(1, 1, 3), 'user')).toBe(
    'Of 3 users the size is not known. Users with a quota of their own are among them: one list does not tell them apart.',
  )
})

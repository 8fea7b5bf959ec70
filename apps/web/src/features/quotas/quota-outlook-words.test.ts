import type { StorageGrowth } from '@ostor-console/shared/storage'
import { expect, test } from 'vitest'
import { growthText, outlookOf } from './quota-outlook-words.ts'

const GB = 1_000_000_000n
const GIB = String(2n ** 30n)
const DAY_MS = 86_400_000
const END = Date.parse('2026-11-30T12:00:00Z')

const growthOf = (stored: bigint | null, grown: bigint | null, days = 30): StorageGrowth => ({
  storedBytes: stored === null ? null : String(stored),
  days: 30,
  growth:
    grown === null
      ? null
      : {
          from: new Date(END - days * DAY_MS).toISOString(),
          to: new Date(END).toISOString(),
          bytes: String(grown),
        },
  daysNeeded: 7,
  source: {
    coverage: 'complete',
    hoursExpected: 721,
    hoursMissing: 0,
    hoursUntold: 0,
    historyFrom: null,
    sampledAt: new Date(END).toISOString(),
    staleSince: null,
  },
})

test('a quota is full in as many days as the rest takes at the growth', () => {
  expect(outlookOf(growthOf(100n * GB, 30n * GB), 200, String(GB))).toEqual({
    text: 'Full in about 100 days at this growth.',
    warns: false,
  })
  expect(outlookOf(growthOf(100n * GB, 10n * GB, 10), 200, String(GB)).text).toContain('about 100 days')
})

test('while it is not known what a GB is, both bounds are said', () => {
  const { text } = outlookOf(growthOf(100n * GB, 30n * GB), 200, null)
  expect(text).toBe("Full in about 100 to 115 days (the gateway's GB may be 10^9 or 2^30 bytes) at this growth.")
  expect(outlookOf(growthOf(100n * GB, 30n * GB), 200, GIB).text).toContain('about 115 days')
  expect(outlookOf(growthOf(205n * GB, 30n * GB), 200, null)).toMatchObject({
    text: expect.stringContaining('Full already if'),
    warns: true,
  })
})

test('what is over already is said, whatever its growth', () => {
  for (const grown of [null, -5n, 5n])
    expect(outlookOf(growthOf(300n * GB, grown), 200, null)).toEqual({ text: '200 GB are full already.', warns: true })
})

test('nothing is guessed from too little history, an unknown size, or what does not grow', () => {
  expect(outlookOf(growthOf(1n, null), 200, null).text).toContain('cannot be told: it takes sizes that lie at least 7')
  expect(outlookOf(growthOf(null, null), 200, null).text).toContain('the present size is not known')
  for (const grown of [0n, -5n])
    expect(outlookOf(growthOf(1n, grown), 200, null).text).toBe('It would not fill up: it did not grow in 30 days.')
})

test('what lies very far or very near is not given to the day', () => {
  expect(outlookOf(growthOf(0n, 1n), 200, null).text).toBe('Full in more than ten years at this growth.')
  expect(outlookOf(growthOf(200n * GB - 1n, 30n * GB), 200, String(GB)).text).toBe(
    'Full in less than a day at this growth.',
  )
})

test('growth is told over the days that are known', () => {
  expect(growthText(growthOf(10n * GB, 2n ** 30n, 12))).toBe('grew by 1 GiB in 12 days')
  expect(growthText(growthOf(10n * GB, -(2n ** 30n)))).toBe('shrank by 1 GiB in 30 days')
  expect(growthText(growthOf(10n * GB, 0n))).toBe('as much as 30 days before')
  expect(growthText(growthOf(10n * GB, null))).toContain('not known yet')
})

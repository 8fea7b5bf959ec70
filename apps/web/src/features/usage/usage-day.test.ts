import { expect, test } from 'vitest'
import { daysTo } from './usage-day.ts'

const NOW = new Date('2026-11-02T14:47:00Z')

test('the two days meet and end where the figures are complete', () => {
  expect(daysTo('2026-11-02T14:00:00.000Z', NOW)).toEqual({
    now: { from: '2026-11-01T14:00:00.000Z', to: '2026-11-02T14:00:00.000Z' },
    before: { from: '2026-10-31T14:00:00.000Z', to: '2026-11-01T14:00:00.000Z' },
  })
})

test.each([null, '2026-10-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'])(
  'figures complete until %s do not move the day away from now',
  (completeUntil) => {
    expect(daysTo(completeUntil, NOW).now.to).toBe('2026-11-02T14:30:00.000Z')
  },
)

import { afterEach, expect, test, vi } from 'vitest'
import { dayOf, dayStart, typedInstant, typedText } from './days.ts'
import { setPreferences } from './preferences.ts'

const hours = (day: string) => (dayStart(day, 1).getTime() - dayStart(day).getTime()) / 3_600_000

afterEach(() => {
  setPreferences({ zone: 'utc' })
  vi.unstubAllEnvs()
})

test('a day is a date that exists', () => {
  expect(dayOf('2026-11-01')).toBe('2026-11-01')
  for (const text of ['2026-13-01', '1 Nov', '', undefined, 5]) expect(dayOf(text)).toBe(null)
})

test('a day begins by the clock of the page, and the next one when it ends', () => {
  expect(dayStart('2026-02-28').toISOString()).toBe('2026-02-28T00:00:00.000Z')
  expect(dayStart('2026-02-28', 1).toISOString()).toBe('2026-03-01T00:00:00.000Z')
  setPreferences({ zone: 'local' })
  expect(dayStart('2026-02-28').getHours()).toBe(0)
  expect(dayStart('2026-02-28', 1).getDate()).toBe(1)
})

test('B103: a day on which the clocks change is as long as it is by the clock of the page; the last of a month has an end', () => {
  vi.stubEnv('TZ', 'Europe/Vienna')
  const days = ['2026-03-29', '2026-10-25', '2028-02-29', '2026-10-31', '2026-12-31']
  expect(days.map(hours)).toEqual([24, 24, 24, 24, 24])
  setPreferences({ zone: 'local' })
  expect(days.map(hours)).toEqual([23, 25, 24, 24, 24])
  expect(dayStart('2026-12-31', 1).toISOString()).toBe('2026-12-31T23:00:00.000Z')
})

test('an instant goes into a field and comes back, to the minute, on either clock', () => {
  const at = new Date('2026-07-01T14:30:00Z')
  expect(typedText(at)).toBe('2026-07-01T14:30')
  expect(typedInstant('2026-07-01T14:30')).toEqual(at)
  expect(typedInstant('')).toBe(null)
  setPreferences({ zone: 'local' })
  expect(typedInstant(typedText(at))).toEqual(at)
})

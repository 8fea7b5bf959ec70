import { afterEach, expect, test } from 'vitest'
import { dayOf, dayStart, instantOf, minuteText } from './days.ts'
import { setPreferences } from './preferences.ts'

afterEach(() => setPreferences({ zone: 'utc' }))

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

test('an instant goes into a field and comes back, to the minute, on either clock', () => {
  const at = new Date('2026-07-01T14:30:00Z')
  expect(minuteText(at)).toBe('2026-07-01T14:30')
  expect(instantOf('2026-07-01T14:30')).toEqual(at)
  expect(instantOf('')).toBe(null)
  setPreferences({ zone: 'local' })
  expect(instantOf(minuteText(at))).toEqual(at)
})

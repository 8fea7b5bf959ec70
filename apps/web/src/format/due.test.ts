import { describe, expect, test } from 'vitest'
import { typedText } from './days.ts'
import { instantOf } from './due.ts'

const NOW = new Date('2026-05-01T12:00:00Z')

describe('a date until which something is put off', () => {
  test('at once is no date', () => {
    expect(instantOf({ delay: 'now' }, NOW)).toEqual({ at: null })
  })

  test.each([
    ['hour', '2026-05-01T13:00:00.000Z'],
    ['day', '2026-05-02T12:00:00.000Z'],
    ['month', '2026-05-31T12:00:00.000Z'],
  ] as const)('in a %s counts from now', (delay, at) => {
    expect(instantOf({ delay }, NOW)).toEqual({ at })
  })

  test('a typed one comes back as it was typed', () => {
    expect(instantOf({ delay: 'date', text: typedText('2026-05-09T08:30:00Z') }, NOW)).toEqual({
      at: '2026-05-09T08:30:00.000Z',
    })
  })

  test.each([
    ['', 'Enter a date and a time'],
    [typedText('2026-05-01T11:59:00Z'), 'Must lie in the future'],
    [typedText('2027-06-01T00:00:00Z'), 'Must be within 365 days'],
  ])('"%s" is refused: %s', (text, error) => {
    expect(instantOf({ delay: 'date', text }, NOW)).toEqual({ error })
  })
})

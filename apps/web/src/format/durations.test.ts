import { expect, test } from 'vitest'
import { formatDuration } from './durations.ts'

test.each([
  [0, '0 s'],
  [0.4, '0 s'],
  [45, '45 s'],
  [60, '1 min'],
  [3599, '59 min 59 s'],
  [3600, '1 h'],
  [172_800, '2 d'],
  [90_061, '1 d 1 h'],
])('%d seconds are %s', (seconds, said) => expect(formatDuration(seconds)).toBe(said))

// A clock that is read by the second is off by one, and "1 h 29 min" would be wrong by nearly a minute.
test.each([
  [5399, '1 h 30 min'],
  [5401, '1 h 30 min'],
  [7199, '2 h'],
  [86_399, '1 d'],
  [86_400 + 5399, '1 d 1 h'],
])('%d seconds are rounded to the smaller of the two units: %s', (seconds, said) =>
  expect(formatDuration(seconds)).toBe(said),
)

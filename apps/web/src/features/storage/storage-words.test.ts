import { expect, test } from 'vitest'
import { sourceText } from './storage-words.ts'

const source = {
  coverage: 'partial',
  hoursExpected: 24,
  hoursMissing: 0,
  hoursUntold: 0,
  historyFrom: null,
  sampledAt: '2026-11-04T12:00:00Z',
  staleSince: null,
} as const

test('stored bytes say for how many hours they lack a size that was not told', () => {
  expect(sourceText(source)).not.toContain('hour for')
  expect(sourceText({ ...source, hoursUntold: 1 })).toContain('1 hour for which the gateway did not tell a size')
  expect(sourceText({ ...source, hoursUntold: 3 })).toContain('3 hours for which the gateway did not tell a size')
})

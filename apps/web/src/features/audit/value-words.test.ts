import { expect, test } from 'vitest'
import { formatSecond } from '../../format/dates.ts'
import { valueWords } from './value-words.ts'

test('a word of the API is said in words where it stands for itself, and what somebody typed stays as it is', () => {
  expect(valueWords('role', 'operator')).toBe('Operator')
  expect(valueWords('outcome', 'not-done')).toBe('not done')
  expect(valueWords('what', 'user.delete')).toBe('Delete user')
  expect(valueWords('size', 'unlimited')).toBe('unlimited')
  expect(valueWords('size', '100')).toBeNull()
  expect(valueWords('name', 'unlimited')).toBeNull()
  expect(valueWords('state', 'constructor')).toBeNull()
})

test('a time is said as everywhere, and what is none stays as it is', () => {
  expect(valueWords('dueAt', '2026-11-30T03:00:00.000Z')).toBe(formatSecond('2026-11-30T03:00:00.000Z'))
  expect(valueWords('from', 'yesterday')).toBeNull()
})

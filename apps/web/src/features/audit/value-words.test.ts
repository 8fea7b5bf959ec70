import { afterEach, expect, test } from 'vitest'
import { formatSecond } from '../../format/dates.ts'
import { i18n } from '../../words/words.ts'
import { valueWords } from './value-words.ts'

afterEach(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

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

test('what a token may do and what a message is are said as where they are chosen and sent', () => {
  expect(valueWords('verbs', 'user.create, user.disable')).toBe('Create users · Enable and disable users')
  expect(valueWords('verbs', 'user.create, user.older')).toBe('Create users · user.older')
  expect(valueWords('kind', 'note.add')).toBe('Add a note')
})

test('a price is said as in its plan, and what is none stays as it is', () => {
  expect(valueWords('storage', '10 included, then 0.02 up to 1000, then 0.01')).toBe(
    '10 included, then 0.02 up to 1,000, then 0.01',
  )
  expect(valueWords('egress', '0')).toBe('free')
  expect(valueWords('get', 'as agreed')).toBeNull()
  expect(valueWords('name', '0')).toBeNull()
})

test('verbs, kinds and prices are said in the language on the page', async () => {
  const { messages } = await import('../../words/de.po')
  i18n.loadAndActivate({ locale: 'de', messages })
  expect(valueWords('verbs', 'user.create')).not.toBe('Create users')
  expect(valueWords('kind', 'note.add')).not.toBe('Add a note')
  expect(valueWords('storage', '0.5 up to 1000, then 0.25')).toMatch(/^0,5 .*1\.000.* 0,25$/)
})

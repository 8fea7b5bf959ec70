import { expect, test } from 'vitest'
import { changesOf } from './audit-words.ts'

test('only what differs is a change', () => {
  const before = { default: 'unlimited', get: '100' }
  expect(changesOf({ before, after: { default: '50', get: '100' } })).toEqual([
    { field: 'default', before: 'unlimited', after: '50' },
  ])
})

test('what only one side names stands against nothing', () => {
  expect(changesOf({ before: { state: 'enabled' }, after: null })).toEqual([
    { field: 'state', before: 'enabled', after: null },
  ])
  expect(changesOf({ before: null, after: null })).toEqual([])
})

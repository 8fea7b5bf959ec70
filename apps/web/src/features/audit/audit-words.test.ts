import { expect, test } from 'vitest'
import { changesOf } from './audit-words.ts'

test('only what differs is a change', () => {
  const before = { default: 'unlimited', get: '100' }
  expect(changesOf({ before, after: { default: '50', get: '100' } })).toEqual([
    { field: 'default', before: 'unlimited', after: '50', isCompared: true },
  ])
})

test('what only one side names stands against nothing', () => {
  expect(changesOf({ before: { state: 'enabled' }, after: null })).toEqual([
    { field: 'state', before: 'enabled', after: null, isCompared: true },
  ])
  expect(changesOf({ before: null, after: null })).toEqual([])
})

test('a field that the reading afterwards leaves out is not called gone', () => {
  expect(changesOf({ before: { keyIds: 'A' }, after: { keyId: 'B' } })).toEqual([
    { field: 'keyId', before: null, after: 'B', isCompared: false },
  ])
})

import { expect, test } from 'vitest'
import { versionWords, wordOf } from './dialect-words.ts'

test.each([
  [{ set: '6.3', atLeast: '4.7', before: null }, '6.3'],
  [{ set: null, atLeast: '4.7', before: '6.3' }, '4.7 or later, before 6.3'],
  [{ set: null, atLeast: '6.3', before: null }, '6.3 or later'],
  [{ set: null, atLeast: null, before: '4.6' }, 'before 4.6'],
  [{ set: null, atLeast: null, before: null }, null],
] as const)('a version of %j is called %s', (version, words) => {
  expect(versionWords(version)).toBe(words)
})

test('a way without a word is shown as it is called', () => {
  expect(wordOf('limitsForm', 'B')).toBe('B, one at a time')
  expect(wordOf('limitsForm', 'C')).toBe('C')
})

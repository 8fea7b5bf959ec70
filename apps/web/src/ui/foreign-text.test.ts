import { expect, test } from 'vitest'
import { shorten } from './foreign-text.tsx'

test('a long string is cut by letters, so that no emoji breaks in two', () => {
  expect(shorten('🪣'.repeat(10), 3)).toBe('🪣🪣🪣…')
})

test('marks piled on a letter are trimmed to what a language needs', () => {
  expect(shorten(`e${'\u0301'.repeat(500)}x`)).toBe(`e${'\u0301'.repeat(3)}x`)
})

test('markup and template signs stay the text they are', () => {
  expect(shorten('<img src=x onerror=alert(1)>{{7*7}}')).toBe('<img src=x onerror=alert(1)>{{7*7}}')
})

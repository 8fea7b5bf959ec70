import { expect, test } from 'vitest'
import { quarantinedText } from './collector-words.ts'

test('beside "Quarantined" stands how many and what to do, and not the word again', () => {
  expect(quarantinedText(1)).toBe('1: look and decide')
})

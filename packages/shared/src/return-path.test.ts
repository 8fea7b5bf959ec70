import { expect, test } from 'vitest'
import { returnPath } from './return-path.ts'

test.each(['/c/a/users?page=2', '/'])('%j is a way back', (path) => {
  expect(returnPath(path)).toBe(path)
})

test.each([
  undefined,
  '',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
])('W16: %j leads home instead', (path) => {
  expect(returnPath(path)).toBe('/')
})

import { expect, test } from 'vitest'
import { hashOf, hintOf, isWhole, newToken } from './token-text.ts'

test('a token is found by a scanner, and no two are the same', () => {
  const made = Array.from({ length: 100 }, newToken)
  for (const token of made) expect(token).toMatch(/^ostor_[0-9A-Za-z]{49}$/)
  expect(new Set(made).size).toBe(100)
  expect(new Set(made.map(hashOf)).size).toBe(100)
})

test('one letter that is wrong, missing or too many is known at once', () => {
  const token = newToken()
  expect(isWhole(token)).toBe(true)
  for (let at = 0; at < token.length; at += 1) {
    const other = token[at] === 'x' ? 'y' : 'x'
    expect(isWhole(token.slice(0, at) + other + token.slice(at + 1))).toBe(false)
    expect(isWhole(token.slice(0, at) + token.slice(at + 1))).toBe(false)
  }
  for (const wrong of ['', 'ostor_', `${token} `, `${token}A`, token.toUpperCase()]) expect(isWhole(wrong)).toBe(false)
})

test('a token has 256 random bits: all but the first of its random letters take every value', () => {
  const columns = Array.from({ length: 42 }, () => new Set<string>())
  for (let n = 0; n < 2_000; n += 1) {
    const token = newToken()
    columns.forEach((seen, at) => seen.add(token.charAt(7 + at)))
  }
  for (const seen of columns) expect(seen.size).toBe(62)
})

test('the hint is the beginning and too little to go on', () => {
  const token = newToken()
  expect(token.startsWith(hintOf(token))).toBe(true)
  expect(hintOf(token)).toHaveLength(10)
})

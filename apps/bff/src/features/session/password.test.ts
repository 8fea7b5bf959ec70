import { expect, test } from 'vitest'
import { hashPassword, passwordMatches } from './password.ts'

test('a password matches its own hash and nothing else does', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwordMatches('correct horse battery', hash)).toBe(true)
  for (const other of ['correct horse battery ', 'Correct horse battery', 'correct horse batter', '']) {
    expect(await passwordMatches(other, hash)).toBe(false)
  }
})

test('two hashes of one password differ', async () => {
  expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'))
})

test('without a hash no password matches', async () => {
  expect(await passwordMatches('correct horse battery', null)).toBe(false)
})

test.each([
  ['weaker memory', 'm=8,t=2,p=1'],
  ['fewer passes', 'm=19456,t=1,p=1'],
  ['memory that would exhaust us', 'm=999999,t=2,p=1'],
])('a hash with %s is refused rather than computed', async (_, parameters) => {
  const hash = `$argon2id$v=19$${parameters}$${'A'.repeat(22)}$${'A'.repeat(43)}`
  await expect(passwordMatches('x', hash)).rejects.toThrow('damaged')
})

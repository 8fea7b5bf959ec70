import { ProblemError } from '@ostor-console/shared/problem'
import { assert, constantFrom, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { targetOf } from './url.ts'

/** Reads a target the way a gateway does: by its bytes. */
const parse = (target: string) => {
  const [service, ...pairs] = target.slice('/?'.length).split('&')
  return { service, pairs: pairs.map((pair) => pair.split('=').map(decodeURIComponent)) }
}

test('the service comes first and without "=", and flags have none', () => {
  expect(targetOf('ostor-users', { emailAddress: 'user+1@example.com', genKey: true })).toBe(
    '/?ostor-users&emailAddress=user%2B1%40example.com&genKey',
  )
  expect(targetOf('ostor-users')).toBe('/?ostor-users')
})

test('W5: any value arrives as exactly that value, and brings no further parameter', () => {
  const anything = oneof(
    string({ unit: 'binary', minLength: 1 }),
    constantFrom('a&disable@x.com', 'a#b', 'a%00', 'a?genKey', "o'brien", 'a b', 'a+b', '__proto__', '/../', '=', '*'),
  )
  assert(
    property(anything, anything, (one, other) => {
      const target = targetOf('ostor-limits', { bucket: one, obj: other, ops: true })
      expect(target).toMatch(/^[\x21-\x7e]+$/)
      expect(parse(target)).toEqual({ service: 'ostor-limits', pairs: [['bucket', one], ['obj', other], ['ops']] })
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['', 'empty'],
  ['\ud800', 'half a character'],
])('the value %j is refused before a call is made: %s', (value) => {
  expect(() => targetOf('ostor-users', { emailAddress: value })).toThrow(ProblemError)
})

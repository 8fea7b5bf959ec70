import { expect, test } from 'vitest'
import { isCurrent, versionOf } from './if-match.ts'

test('what the caller saw is current as long as the values are the same', () => {
  const version = versionOf({ get: 0.5, put: 3600 })
  expect(isCurrent(version, `"${version}"`)).toBe(true)
  expect(isCurrent(version, version)).toBe(true)
  expect(isCurrent(version, undefined)).toBe(true)
  expect(isCurrent(versionOf({ get: 0.5, put: 0 }), version)).toBe(false)
  expect(isCurrent(version, '')).toBe(false)
})

import { expect, test } from 'vitest'
import { testClock } from '../../../test/test-clock.ts'
import { createKeyShelf } from './key-shelf.ts'

const MINUTE = 60_000
const key = (email: string) => ({ email, userId: email, keyId: email, secret: 'not a real one' })

test('keys of a run are given out once, and none half an hour after the last one', () => {
  const { now, later } = testClock(0)
  const shelf = createKeyShelf({ now })
  shelf.put('run', key('a'))
  shelf.put('other', key('z'))
  later(20 * MINUTE)
  shelf.put('run', key('b'))
  expect(shelf.count('run')).toBe(2)
  later(29 * MINUTE)
  shelf.sweep()
  expect([shelf.count('run'), shelf.count('other')]).toEqual([2, 0])
  expect(shelf.take('run')).toEqual([key('a'), key('b')])
  expect(shelf.take('run')).toEqual([])
  shelf.put('run', key('c'))
  later(30 * MINUTE)
  expect(shelf.take('run')).toEqual([])
})

import { expect, test } from 'vitest'
import { createKeyShelf } from './key-shelf.ts'

const MINUTE = 60_000
const key = (email: string) => ({ email, userId: email, keyId: email, secret: 'not a real one' })

test('keys of a run are given out once, and none half an hour after the last one', () => {
  let nowMs = 0
  const shelf = createKeyShelf({ now: () => new Date(nowMs) })
  shelf.put('run', key('a'))
  shelf.put('other', key('z'))
  nowMs += 20 * MINUTE
  shelf.put('run', key('b'))
  expect(shelf.count('run')).toBe(2)
  nowMs += 29 * MINUTE
  shelf.sweep()
  expect([shelf.count('run'), shelf.count('other')]).toEqual([2, 0])
  expect(shelf.take('run')).toEqual([key('a'), key('b')])
  expect(shelf.take('run')).toEqual([])
  shelf.put('run', key('c'))
  nowMs += 30 * MINUTE
  expect(shelf.take('run')).toEqual([])
})

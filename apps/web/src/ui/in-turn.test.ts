import { beforeEach, expect, test, vi } from 'vitest'
import { drawAll, inTurn } from './in-turn.ts'

beforeEach(() => {
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

test('each is drawn in a task of its own, in the order of asking', () => {
  const drawn: string[] = []
  for (const name of ['a', 'b', 'c']) inTurn(() => drawn.push(name))
  expect(drawn).toEqual([])
  vi.advanceTimersToNextTimer()
  expect(drawn).toEqual(['a'])
  inTurn(() => drawn.push('d'))
  vi.advanceTimersToNextTimer()
  expect(drawn).toEqual(['a', 'b'])
  vi.runAllTimers()
  expect(drawn).toEqual(['a', 'b', 'c', 'd'])
  inTurn(() => drawn.push('e'))
  vi.runAllTimers()
  expect(drawn).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('what is printed has all of it, and none twice', () => {
  const drawn: string[] = []
  for (const name of ['a', 'b', 'c']) inTurn(() => drawn.push(name))
  vi.advanceTimersToNextTimer()
  drawAll()
  expect(drawn).toEqual(['a', 'b', 'c'])
  vi.runAllTimers()
  expect(drawn).toEqual(['a', 'b', 'c'])
})

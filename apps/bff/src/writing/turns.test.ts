import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('work on one subject runs one after the other, in order, and a failure holds up nobody', async () => {
  const inTurn = createTurns()
  const seen: string[] = []
  const work = (name: string) => async () => {
    seen.push(`${name} starts`)
    await Promise.resolve()
    seen.push(`${name} ends`)
    if (name === 'a') throw new Error('a fails')
    return name
  }

  const results = await Promise.allSettled([inTurn('user', work('a')), inTurn('user', work('b'))])

  expect(seen).toEqual(['a starts', 'a ends', 'b starts', 'b ends'])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
})

test('work on another subject does not wait', async () => {
  const inTurn = createTurns()
  const first = Promise.withResolvers<void>()
  const waiting = inTurn('one', () => first.promise)
  expect(await inTurn('two', async () => 'done')).toBe('done')
  first.resolve()
  await waiting
})

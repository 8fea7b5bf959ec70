import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

test('requests go a slot apart, whoever asks, and without a burst after a rest', async () => {
  let nowMs = 0
  const wait = async (ms: number) => {
    nowMs += ms
  }
  const pace = createPace({ wait, elapsedMs: () => nowMs })
  pace.set(10)
  const went: number[] = []
  const go = async () => {
    await pace.take()
    went.push(nowMs)
  }
  await go()
  await go()
  nowMs += 5000
  await go()
  await go()
  pace.set(1)
  await go()
  await go()
  expect(went).toEqual([1000, 1100, 6100, 6200, 6300, 7300])
})

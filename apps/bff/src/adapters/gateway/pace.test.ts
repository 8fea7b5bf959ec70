import { expect, test } from 'vitest'
import { testClock } from '../../../test/test-clock.ts'
import { createPace } from './pace.ts'

test('requests go a slot apart, whoever asks, and without a burst after a rest', async () => {
  const { wait, elapsedMs, later } = testClock(0)
  const pace = createPace({ wait, elapsedMs })
  pace.set(10)
  const went: number[] = []
  const go = async () => {
    await pace.take()
    went.push(elapsedMs())
  }
  await go()
  await go()
  later(5000)
  await go()
  await go()
  pace.set(1)
  await go()
  await go()
  expect(went).toEqual([1000, 1100, 6100, 6200, 6300, 7300])
})

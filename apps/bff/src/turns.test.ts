import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

/** As work that takes the processor does. */
const work = (ms: number): void => {
  for (const before = performance.now(); performance.now() - before < ms; );
}

test('what waits gets its turn while long work goes on', async () => {
  const order: string[] = []
  setImmediate(() => order.push('a request'))
  const turn = createTurns()
  for (let step = 0; step < 12; step += 1) {
    work(1)
    await turn()
  }
  order.push('the work')
  expect(order).toEqual(['a request', 'the work'])
})

test('short work is done in one go', async () => {
  const order: string[] = []
  setImmediate(() => order.push('a request'))
  await createTurns()()
  order.push('the work')
  expect(order).toEqual(['the work'])
})

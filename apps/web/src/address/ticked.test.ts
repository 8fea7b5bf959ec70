import { expect, test } from 'vitest'
import { MOST_IN_ADDRESS, readTicked, tickedOf, writeTicked } from './ticked.ts'

const ids = (count: number) => Array.from({ length: count }, (_, n) => n.toString(16).padStart(16, '0'))

test.each([[[]], [ids(1)], [ids(MOST_IN_ADDRESS)], ['all' as const]])(
  'what is ticked survives the address: %#',
  (ticked) => {
    const text = writeTicked(ticked)
    expect(readTicked(tickedOf({ ticked: text }).ticked)).toEqual(ticked)
  },
)

test('more than fit do not stand in the address, not even in part', () => {
  expect(writeTicked(ids(MOST_IN_ADDRESS + 1))).toBeUndefined()
})

test.each(['', '.', 'a.', 'a b', '<b>', ids(51).join('.'), 'x'.repeat(70)])('%j ticks nobody', (ticked) => {
  expect(tickedOf({ ticked })).toEqual({})
})

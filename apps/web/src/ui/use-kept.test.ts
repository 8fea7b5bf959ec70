import { expect, test } from 'vitest'
import { withKept } from './use-kept.ts'

const rowOf = (id: string, seen = 1) => ({ id, seen })
const keyOf = ({ id }: { id: string }) => id

test('a row that was pressed stays where it was when it is gone, and all others are those of the newest list', () => {
  const first = ['a', 'b', 'c'].map((id) => rowOf(id))
  const second = withKept(first, [rowOf('a', 2), rowOf('c', 2)], keyOf, new Set(['b']))
  expect(second).toEqual([rowOf('a', 2), rowOf('b'), rowOf('c', 2)])
  const third = withKept(second, [rowOf('d', 3), rowOf('c', 3)], keyOf, new Set(['b']))
  expect(third).toEqual([rowOf('d', 3), rowOf('b'), rowOf('c', 3)])
})

test('a row that went without being pressed is not kept, and one that came back is as it is now', () => {
  const first = ['a', 'b'].map((id) => rowOf(id))
  expect(withKept(first, [rowOf('b', 2)], keyOf, new Set())).toEqual([rowOf('b', 2)])
  expect(withKept(first, [rowOf('b', 2), rowOf('a', 2)], keyOf, new Set(['a']))).toEqual([rowOf('b', 2), rowOf('a', 2)])
})

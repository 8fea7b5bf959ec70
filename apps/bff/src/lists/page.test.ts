import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byText, findPage, sorted } from './page.ts'

const rows = fc.array(fc.string({ maxLength: 3 }), { maxLength: 300 })

const never = () => {
  throw new Error('the list was sorted')
}

describe('a page of a list', () => {
  test('is what sorting, filtering and cutting the whole list would give', () => {
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        (list, size, page, all) => {
          const compare = (a: number, b: number) => byText(list[a] ?? '', list[b] ?? '') || a - b
          const matches = (index: number) => (list[index] ?? '').includes('a')
          const expected = list
            .map((_, index) => index)
            .filter((index) => all || matches(index))
            .toSorted(compare)

          expect(
            findPage({
              length: list.length,
              compare,
              matches: all ? undefined : matches,
              page,
              pageSize: size,
              order: () => sorted(list.length, compare),
            }),
          ).toEqual({ indexes: expected.slice((page - 1) * size, page * size), matching: expected.length })
        },
      ),
    )
  })

  test('near the top needs no sorted list, and far from it is cut from one', () => {
    const list = Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 10_000)
    const compare = (a: number, b: number) => (list[a] ?? 0) - (list[b] ?? 0)
    const wanted = { length: list.length, compare, pageSize: 500 }

    expect(findPage({ ...wanted, page: 4, order: never }).indexes.map((index) => list[index])).toEqual(
      Array.from({ length: 500 }, (_, index) => 1500 + index),
    )
    expect(
      findPage({ ...wanted, page: 20, order: () => sorted(list.length, compare) }).indexes.map((index) => list[index]),
    ).toEqual(Array.from({ length: 500 }, (_, index) => 9500 + index))
  })

  test('behind the end is empty and still counts what matches', () => {
    const wanted = { length: 3, compare: (a: number, b: number) => a - b, pageSize: 50, order: () => new Uint32Array() }
    expect(findPage({ ...wanted, page: 1_000_000 })).toEqual({ indexes: [], matching: 3 })
    expect(findPage({ ...wanted, page: 2, matches: (index) => index > 0 })).toEqual({ indexes: [], matching: 2 })
  })
})

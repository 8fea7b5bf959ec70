/** Compares two rows by their index in the list. */
export type Compare = (a: number, b: number) => number

type Wanted = {
  length: number
  compare: Compare
  /** Left out when every row matches. */
  matches?: ((index: number) => boolean) | undefined
  page: number
  pageSize: number
  /** The whole list in order, made only for pages far from the top. */
  order: () => Uint32Array
}

/** The indexes of the rows on the page, and how many rows match. */
export type Found = { indexes: number[]; matching: number }

const SHALLOW = 2000
const BLOCK = 1024
// A prime above every number of blocks: stepping by it visits each block once, in no order that suits the worst case.
const STEP = 15_485_863

/** Code-unit order: the same on every machine, and far faster than a collation. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** What is unknown stands last, whichever way the list is sorted. */
export const bySize = (sizes: readonly (bigint | number | null)[], way: 1 | -1, next: Compare): Compare => {
  return (a, b) => {
    const [left, right] = [sizes[a] ?? null, sizes[b] ?? null]
    if (left === right) return next(a, b)
    if (left === null) return 1
    if (right === null) return -1
    return left < right ? -way : way
  }
}

/** All indexes of a list, sorted. */
export const sorted = (length: number, compare: Compare): Uint32Array =>
  Uint32Array.from({ length }, (_, index) => index).toSorted(compare)

/** The page without sorting the list: a page near the top is selected in one pass. */
export const findPage = ({ length, compare, matches, page, pageSize, order }: Wanted): Found => {
  const from = (page - 1) * pageSize
  const to = from + pageSize
  if (from >= length) return { indexes: [], matching: matches ? countOf(length, matches) : length }
  if (to > SHALLOW) return cut(order(), matches, from, to)

  let best: number[] = []
  let worst: number | undefined
  let matching = 0
  const blocks = Math.ceil(length / BLOCK)
  for (let block = 0, seen = 0; seen < blocks; seen++, block = (block + STEP) % blocks) {
    const end = Math.min(length, (block + 1) * BLOCK)
    for (let index = block * BLOCK; index < end; index++) {
      if (matches && !matches(index)) continue
      matching++
      if (worst !== undefined && compare(index, worst) > 0) continue
      best.push(index)
      if (best.length < to * 2) continue
      best = best.toSorted(compare).slice(0, to)
      worst = best.at(-1)
    }
  }
  return { indexes: best.toSorted(compare).slice(from, to), matching }
}

const cut = (order: Uint32Array, matches: Wanted['matches'], from: number, to: number): Found => {
  if (!matches) return { indexes: [...order.subarray(from, to)], matching: order.length }
  const indexes: number[] = []
  let matching = 0
  for (const index of order) {
    if (!matches(index)) continue
    if (matching >= from && matching < to) indexes.push(index)
    matching++
  }
  return { indexes, matching }
}

const countOf = (length: number, matches: (index: number) => boolean): number => {
  let count = 0
  for (let index = 0; index < length; index++) if (matches(index)) count++
  return count
}

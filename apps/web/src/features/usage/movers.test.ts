import { expect, test } from 'vitest'
import { moversOf, type Ranked, weeksTo } from './movers.ts'

const counters = (bytes: number) => ({
  uploadedBytes: String(bytes),
  downloadedBytes: '0',
  putOps: '0',
  getOps: '0',
  listOps: '0',
  otherOps: '0',
})

const top = (
  values: Record<string, number>,
  rest: number | null = null,
  coverage: 'complete' | 'partial' = 'complete',
): Ranked => ({
  items: Object.entries(values).map(([id, bytes]) => ({ id, label: id, userId: id, counters: counters(bytes) })),
  others: rest === null ? null : { count: 1, counters: counters(rest) },
  source: { coverage },
})

test('the weeks end where the figures are complete, to the hour, and meet', () => {
  expect(weeksTo('2026-11-28T18:39:12.000Z')).toEqual({
    now: { from: '2026-11-21T18:00Z', to: '2026-11-28T18:00Z' },
    before: { from: '2026-11-14T18:00Z', to: '2026-11-21T18:00Z' },
  })
  expect(weeksTo(null)).toBe(null)
})

test('the largest change comes first, up and down', () => {
  const movers = moversOf(top({ a: 10, b: 50, c: 30 }), top({ a: 100, b: 49, c: 5, d: 60 }))
  expect(movers?.up.map(({ id, change }) => [id, change])).toEqual([
    ['a', 90n],
    ['d', 60n],
  ])
  expect(movers?.down.map(({ id, change }) => [id, change])).toEqual([
    ['c', -25n],
    ['b', -1n],
  ])
})

test('whoever is not listed had nothing only where all are listed', () => {
  const all = moversOf(top({ a: 10 }), top({ a: 10, b: 20 }))
  expect(all?.up).toMatchObject([{ id: 'b', before: 0n, change: 20n }])
  const some = moversOf(top({ a: 10 }, 5), top({ a: 10, b: 20 }, 5))
  expect(some?.up).toMatchObject([{ id: 'b', before: null, change: 10n }])
  const fell = moversOf(top({ a: 10, b: 20 }), top({ a: 10 }))
  expect(fell?.down).toMatchObject([{ id: 'b', now: 0n, change: -20n }])
})

test('nobody who is not listed is said to move the way that only the largest amount they can have had would mean', () => {
  const unlistedNow = moversOf(top({ a: 50, b: 7, c: 5 }, 5), top({ a: 50, d: 10 }, 5))
  expect(unlistedNow?.up.map(({ id }) => id)).toEqual(['d'])
  const unlistedBefore = moversOf(top({ a: 50, d: 10 }, 5), top({ a: 50, b: 7, c: 5 }, 5))
  expect(unlistedBefore?.down.map(({ id }) => id)).toEqual(['d'])
})

test('nothing is compared that is not known whole', () => {
  expect(moversOf(top({ a: 1 }), top({ a: 2 }, null, 'partial'))).toBe(null)
  expect(moversOf(top({ a: 1 }, null, 'partial'), top({ a: 2 }))).toBe(null)
})

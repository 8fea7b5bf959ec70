import { expect, test } from 'vitest'
import { readingOnce } from './reading-once.ts'

/** Readings that end when the test says so, each with its number. */
const slowly = () => {
  const ends: (() => void)[] = []
  const { read, forget } = readingOnce(
    () => new Promise<number>((resolve) => void ends.push(() => resolve(ends.length))),
  )
  return { read, forget, ends }
}

test('many who ask at once share one reading, and the next one after it reads anew', async () => {
  const { read, ends } = slowly()
  const asked = [read('a'), read('a'), read('a')]
  expect(ends).toHaveLength(1)
  ends[0]?.()
  expect(await Promise.all(asked)).toEqual([1, 1, 1])
  void read('a')
  void read('b')
  expect(ends).toHaveLength(3)
})

test('whoever asks after a change does not get what was read before it', async () => {
  const { read, forget, ends } = slowly()
  const before = read('a')
  forget()
  const after = read('a')
  ends[0]?.()
  await before
  void read('a')
  expect(ends).toHaveLength(2)
  ends[1]?.()
  expect(await after).toBe(2)
})

test('a reading that failed is not kept', async () => {
  let times = 0
  const { read } = readingOnce(async () => {
    times += 1
    if (times === 1) throw new Error('the store is away')
    return times
  })
  await expect(read('a')).rejects.toThrow('the store is away')
  expect(await read('a')).toBe(2)
})

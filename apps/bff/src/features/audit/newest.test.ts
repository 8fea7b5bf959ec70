import { expect, test } from 'vitest'
import type { Within } from '../../adapters/store/within.ts'
import { newestFor } from './newest.ts'

const MINE: Within = { userIds: new Set(['a']), buckets: new Set(), endings: [] }

/** An audit of rows, each about a user, and a stream of somebody whose limit a test sets. */
const stream = () => {
  const rows: string[] = []
  let limit: Within | undefined
  const audit = {
    lastSeq: async () => BigInt(rows.length),
    lastSeqWithin: async ({ userIds }: Within, _: string, after: bigint) => {
      const last = rows.findLastIndex((user, index) => BigInt(index) >= after && userIds.has(user))
      return last === -1 ? null : BigInt(last + 1)
    },
  }
  const version = newestFor(audit, 'demo', async () => limit)
  return { rows, version, setLimit: (next: Within | undefined) => (limit = next) }
}

test('somebody who is limited hears only of what is theirs', async () => {
  const { rows, version, setLimit } = stream()
  rows.push('a')
  setLimit(MINE)
  const first = await version()
  rows.push('b')
  expect(await version()).toBe(first)
  rows.push('a', 'b')
  const second = await version()
  expect(second).not.toBe(first)
  expect(await version()).toBe(second)
})

test('a stream that runs goes by a limit from the moment it is set, or taken away', async () => {
  const { rows, version, setLimit } = stream()
  const first = await version()
  rows.push('b')
  const second = await version()
  expect(second).not.toBe(first)
  setLimit(MINE)
  rows.push('b')
  expect(await version()).toBe(second)
  setLimit(undefined)
  rows.push('b')
  expect(await version()).not.toBe(second)
})

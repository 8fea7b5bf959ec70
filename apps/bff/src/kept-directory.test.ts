import { describe, expect, test } from 'vitest'
import { simulated } from '../test/simulated-gateway.ts'
import { ENGINES, emptyStore } from '../test/stores.ts'
import { createDirectory } from './adapters/gateway/directory.ts'
import { keptListsOf } from './adapters/store/kept-lists.ts'
import { keptDirectory } from './kept-directory.ts'

const ENDPOINT = 'http://gateway.example'
const asItIs = (row: unknown) => row
const SILENT = { warn: () => {} }
const MORNING = Date.parse('2026-11-28T06:00:00Z')

describe.each(ENGINES)('the lists kept on %s', (engine) => {
  test('are shown with their age and the reason after a restart without the gateway, and never as fresh', async () => {
    const store = await emptyStore(engine)
    const { gateway, simulator } = await simulated({ users: 7, buckets: 12, disabledUsers: 2, hugeBuckets: 1 })
    let at = new Date(MORNING)
    const now = () => at
    /** A process of the console, with nothing in its memory yet. */
    const begun = () => {
      const kept = keptDirectory({ kept: keptListsOf(store, 'vienna', ENDPOINT), log: SILENT, now, isOurs: () => true })
      return { kept, directory: createDirectory(gateway, { now, kept }) }
    }
    const first = begun()
    const [users, buckets] = [await first.directory.users(), await first.directory.buckets()]
    await first.kept.settled()

    simulator.control.faults.add({ service: 'ostor-users', status: 503 })
    simulator.control.faults.add({ service: 'ostor-buckets', status: 503 })
    at = new Date(MORNING + 3_600_000)
    const { directory } = begun()
    // Nothing is decided by a list that may be of another day.
    await expect(directory.users()).rejects.toThrow('503')
    await expect(directory.buckets()).rejects.toThrow('503')
    const [gone] = users.users
    directory.dropUser(gone?.id ?? '')
    expect((await directory.shown.users()).users).toEqual(users.users.slice(1))
    if (gone) directory.putUser(gone)
    const [oldUsers, oldBuckets] = [await directory.shown.users(), await directory.shown.buckets()]
    expect(oldUsers.users).toHaveLength(users.users.length)
    expect(oldUsers.users).toEqual(expect.arrayContaining([...users.users]))
    expect(oldBuckets.buckets).toEqual(buckets.buckets)
    for (const list of [oldUsers, oldBuckets]) {
      expect(list.asOf).toEqual(new Date(MORNING))
      expect(list.staleReason).toContain('503')
    }
    expect(oldUsers).toMatchObject({ sized: users.sized })

    simulator.control.faults.clear()
    at = new Date(MORNING + 3_700_000)
    expect(await directory.refreshUsers()).toMatchObject({ asOf: at, staleReason: null })
  })

  test('are those of this cluster and this gateway', async () => {
    const store = await emptyStore(engine)
    await keptListsOf(store, 'vienna', ENDPOINT).save('users', new Date(MORNING), [['a']], asItIs)
    expect(await keptListsOf(store, 'vienna', ENDPOINT).load('users', asItIs)).toEqual({
      asOf: new Date(MORNING),
      rows: [['a']],
    })
    expect(await keptListsOf(store, 'vienna', ENDPOINT).load('buckets', asItIs)).toBeNull()
    expect(await keptListsOf(store, 'graz', ENDPOINT).load('users', asItIs)).toBeNull()
    expect(await keptListsOf(store, 'vienna', 'http://other.example').load('users', asItIs)).toBeNull()
  })

  test('come back whole and in order, however long they are, and an empty one as empty', async () => {
    const store = await emptyStore(engine)
    const kept = keptListsOf(store, 'vienna', ENDPOINT)
    const rows = Array.from({ length: 12_001 }, (_, n) => [n, `user-${n}@example.com`])
    await kept.save('users', new Date(MORNING), rows, asItIs)
    expect((await kept.load('users', asItIs))?.rows).toEqual(rows)
    await kept.save('users', new Date(MORNING), [], asItIs)
    expect((await kept.load('users', asItIs))?.rows).toEqual([])
  })
})

test('a list is written every five minutes at most, and by one process alone', async () => {
  const saved: Date[] = []
  let at = new Date(MORNING)
  let isOurs = false
  const { users } = keptDirectory({
    kept: { save: async (_, asOf) => void saved.push(asOf), load: async () => null },
    log: SILENT,
    now: () => at,
    isOurs: () => isOurs,
  })
  const after = async (seconds: number) => {
    at = new Date(MORNING + seconds * 1000)
    users.keep({ asOf: at, staleReason: null, users: [], byId: new Map(), byEmail: new Map(), sized: true })
    await Promise.resolve()
  }
  await after(0)
  isOurs = true
  for (const seconds of [10, 40, 309, 310, 500, 611]) await after(seconds)
  await expect.poll(() => saved.map((date) => (date.getTime() - MORNING) / 1000)).toEqual([10, 310, 611])
})

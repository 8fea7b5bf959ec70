import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { CLUSTER, twoMonths, USERS } from '../../../test/billed-months.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import type { Store } from '../../adapters/store/store.ts'

const NEVER = '00000000000000e5'

const untold = (store: Store, owner_id: string, since: string, until: string | null, is_lost = false) =>
  store.db
    .insertInto('untold_sizes')
    .values({
      cluster_id: CLUSTER,
      bucket: `silent-${owner_id}`,
      owner_id,
      since: new Date(since),
      until: until === null ? null : new Date(until),
      is_lost,
    })
    .execute()

/** What was counted of each user, straight from what bills are made of. */
const countedIn = async ({ db }: Store, countId: string) => {
  const { rows } = await sql<{ user_id: string; byte_hours: bigint | null; storage_coverage: string }>`
    select user_id, byte_hours, storage_coverage from billing_users where count_id = ${countId} order by user_id`.execute(
    db,
  )
  return rows.map(({ user_id, byte_hours, storage_coverage }) => [user_id, byte_hours, storage_coverage])
}

/** Of the user with that number, whose one bucket grows by as much every hour. */
const stored = (user: number, from: string, to: string): bigint => {
  const start = Date.parse('2026-09-30T00:00:00Z')
  const total = (at: string) => {
    const passed = BigInt((Date.parse(at) - start) / 3_600_000)
    return 5_000_000_003n * BigInt(user + 1) * passed + (1_000_000_007n * passed * (passed + 1n)) / 2n
  }
  return total(to) - total(from)
}

describe.each(ENGINES)('sizes that the gateway did not tell, on %s', (engine) => {
  test('make a bill say the least, or nothing, and leave it whole where they were told before it ends', async () => {
    const { store, count } = await twoMonths(await emptyStore(engine))
    const [atTheEnd = '', within = '', lost = '', all = ''] = USERS
    await untold(store, atTheEnd, '2026-10-31T23:00:00Z', '2026-11-30T23:00:00Z')
    await untold(store, within, '2026-10-01T00:00:00Z', '2026-10-31T23:00:00Z')
    await untold(store, lost, '2026-10-05T00:00:00Z', '2026-10-06T00:00:00Z', true)
    await untold(store, all, '2026-09-30T00:00:00Z', null)
    await untold(store, NEVER, '2026-09-30T00:00:00Z', null)

    const october = await count('2026-10')
    expect(october.clusters).toMatchObject([{ storage: 'partial' }])
    const [from, to] = ['2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z']
    expect(await countedIn(store, october.countId)).toEqual([
      [atTheEnd, stored(0, from, '2026-10-31T23:00:00Z'), 'partial'],
      [within, stored(1, from, to), 'complete'],
      [lost, stored(2, from, to), 'partial'],
      [all, stored(3, from, to), 'partial'],
      [NEVER, null, 'partial'],
    ])
    const november = await count('2026-11')
    expect((await countedIn(store, november.countId))[0]).toEqual([
      atTheEnd,
      stored(0, '2026-11-30T23:00:00Z', '2026-12-01T00:00:00Z'),
      'partial',
    ])
  })

  test('of another cluster or of another month change nothing', async () => {
    const { store, count } = await twoMonths(await emptyStore(engine))
    const [user = ''] = USERS
    await untold(store, user, '2026-11-02T00:00:00Z', null)
    await store.db.updateTable('untold_sizes').set({ cluster_id: 'other' }).execute()
    await untold(store, user, '2026-11-02T00:00:00Z', null)
    expect((await count('2026-10')).clusters).toMatchObject([{ storage: 'complete' }])
  })
})

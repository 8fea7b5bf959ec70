import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { CLUSTER, twoMonths } from '../../../test/billed-months.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { evidenceOf } from '../../adapters/store/billing-evidence.ts'
import { storageOf } from '../../adapters/store/storage.ts'
import type { Store } from '../../adapters/store/store.ts'

const BEGIN = '2026-09-30T12:00:00Z'
/** When sizes were sampled, to the hour. */
const RUNS = [BEGIN, ...['10-01', '10-02', '10-05', '10-06', '10-10', '11-01', '11-02', '11-05'].map(midnight)]

function midnight(day: string): string {
  return `2026-${day}T00:00:00Z`
}

type Bucket = { name: string; owner: string; bytes: bigint; untold: string[]; lacked?: string[] }

const OWNERS = ['at-the-end', 'lacked', 'lacked-at-the-end', 'lost', 'never', 'two', 'within'] as const

/** Each stores as much all the time, and at some hours is not told, or lacks in the list. */
const BUCKETS: Bucket[] = [
  { name: 'large', owner: 'at-the-end', bytes: 100n, untold: [] },
  { name: 'empty', owner: 'at-the-end', bytes: 0n, untold: RUNS.slice(3, 7) },
  // The silence of the one ends while that of the other lasts.
  { name: 'first', owner: 'two', bytes: 1000n, untold: RUNS.slice(1, 5) },
  { name: 'second', owner: 'two', bytes: 1n, untold: RUNS.slice(4, 8) },
  { name: 'within', owner: 'within', bytes: 10n, untold: RUNS.slice(3, 4) },
  { name: 'lost', owner: 'lost', bytes: 10n, untold: RUNS.slice(3, 4) },
  { name: 'never', owner: 'never', bytes: 10n, untold: RUNS },
  { name: 'lacked', owner: 'lacked', bytes: 10n, untold: [], lacked: RUNS.slice(3, 4) },
  { name: 'lacked-late', owner: 'lacked-at-the-end', bytes: 10n, untold: [], lacked: RUNS.slice(6, 7) },
]

const hours = (from: string, to: string): bigint => BigInt((Date.parse(to) - Date.parse(from)) / 3_600_000)

const withSilences = async (empty: Store) => {
  const { store, count } = await twoMonths(empty)
  for (const table of ['storage_runs', 'storage_samples', 'storage_current'] as const)
    await store.db.deleteFrom(table).execute()
  const { record } = storageOf(store)
  for (const at of RUNS) {
    const listed = BUCKETS.filter(({ lacked = [] }) => !lacked.includes(at))
    const buckets = listed.map(({ name, owner, bytes, untold }) => {
      const isUntold = untold.includes(at)
      const byteHours = isUntold ? null : bytes * hours(BEGIN, at)
      const about = { name, ownerId: owner, createdAt: new Date('2026-01-01T00:00:00Z'), epoch: 1n }
      return { ...about, storedBytes: isUntold ? null : bytes, byteHours }
    })
    await record(CLUSTER, new Date(at), buckets)
  }
  await store.db.updateTable('untold_sizes').set({ is_lost: true }).where('bucket', '=', 'lost').execute()
  return { store, count }
}

/** What was counted of each user, straight from what bills are made of. */
const countedIn = async ({ db }: Store, countId: string) => {
  const { rows } = await sql<{ user_id: string; byte_hours: bigint | null; storage_coverage: string }>`
    select user_id, byte_hours, storage_coverage from billing_users where count_id = ${countId}`.execute(db)
  return OWNERS.map((owner) => {
    const row = rows.find(({ user_id }) => user_id === owner)
    return [owner, row?.byte_hours, row?.storage_coverage]
  })
}

describe.each(ENGINES)('sizes that the gateway did not tell, on %s', (engine) => {
  test('make a bill say the least, or nothing, and leave it whole where they were told before it ends', async () => {
    const { store, count } = await withSilences(await emptyStore(engine))
    const [from, to] = [midnight('10-01'), midnight('11-01')]
    const october = await count('2026-10')
    expect(october.clusters).toMatchObject([{ storage: 'partial' }])
    expect(await countedIn(store, october.countId)).toEqual([
      ['at-the-end', 100n * hours(from, to), 'partial'],
      ['lacked', 10n * hours(from, to), 'complete'],
      ['lacked-at-the-end', 10n * hours(from, midnight('10-10')), 'partial'],
      ['lost', 10n * hours(from, to), 'partial'],
      ['never', null, 'partial'],
      ['two', 1000n * hours(midnight('10-10'), to) + hours(from, midnight('10-05')), 'partial'],
      ['within', 10n * hours(from, to), 'complete'],
    ])
    const november = await count('2026-11')
    const end = midnight('11-05')
    expect((await countedIn(store, november.countId)).map(([owner, counted]) => [owner, counted])).toEqual([
      ['at-the-end', 100n * hours(to, end)],
      ['lacked', 10n * hours(to, end)],
      ['lacked-at-the-end', 10n * hours(midnight('11-02'), end)],
      ['lost', 10n * hours(to, end)],
      ['never', null],
      ['two', 1000n * hours(to, end)],
      ['within', 10n * hours(to, end)],
    ])
  })

  test('are in no hour under a bill that is not theirs, nor in its list of buckets where they were not told at an end', async () => {
    const { store, count } = await withSilences(await emptyStore(engine))
    const { countId } = await count('2026-10')
    const { hours: hoursOf, objects } = evidenceOf(store)
    const range = { from: new Date(midnight('10-01')), to: new Date(midnight('11-01')) }
    const { rows } = await sql<{ bill: string; plan_id: string | null }>`
      select bill, plan_id from billing_users where count_id = ${countId} and user_id = 'two'`.execute(store.db)
    const [row] = rows
    if (!row) throw new Error('nobody was counted')
    const under = {
      countId,
      bill: row.bill,
      planId: row.plan_id,
      ofMonth: '2026-10',
      month: '2026-10',
      cluster: CLUSTER,
    }
    const figures = await hoursOf('storage', under, range)
    const two = (await countedIn(store, countId)).find(([owner]) => owner === 'two')
    expect(figures.reduce((sum, figure) => sum + figure.count, 0n)).toBe(two?.[1])
    expect((await objects('storage', under, range)).map(({ name }) => name)).toEqual([])
    const inOctober = { from: new Date(midnight('10-02')), to: new Date(midnight('10-05')) }
    expect((await objects('storage', under, inOctober)).map(({ name }) => name)).toEqual(['second'])
  })

  test('of another cluster or of another month change nothing', async () => {
    const { store, count } = await twoMonths(await emptyStore(engine))
    const silence = { bucket: 'b', owner_id: '00000000000000a1', until: null, caught_up: 0n, is_lost: false }
    await store.db
      .insertInto('untold_sizes')
      .values([
        { ...silence, cluster_id: 'other', since: new Date(midnight('10-02')) },
        { ...silence, cluster_id: CLUSTER, since: new Date(midnight('11-02')) },
      ])
      .execute()
    expect((await count('2026-10')).clusters).toMatchObject([{ storage: 'complete' }])
  })
})

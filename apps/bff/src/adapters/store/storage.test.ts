import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { storageOf } from './storage.ts'
import { type Sample, totalAt } from './storage-run.ts'

const HOUR_MS = 3_600_000
const hour = (number: number) => new Date(Date.UTC(2026, 10, 4, number))
type Change = {
  ownerId?: string
  createdAt?: Date | null
  epoch?: bigint | null
  storedBytes?: bigint | null
  byteHours?: bigint | null
}
const bucket = (name: string, change: Change = {}) => ({
  name,
  ownerId: 'f17a',
  createdAt: hour(0),
  epoch: 1n,
  storedBytes: 100n,
  byteHours: 0n,
  ...change,
})

const cameTo = (sample: Sample | undefined, at: Date): bigint => {
  if (!sample) throw new Error('nothing was sampled')
  return totalAt(sample, at)
}

describe.each(ENGINES)('what is known of sizes on %s', (engine) => {
  test('is one row for each that is there, whatever changed within an hour, and none for what is gone', async () => {
    const store = await emptyStore(engine)
    const { record } = storageOf(store)
    await record(
      'demo',
      hour(1),
      ['same', 'grows', 'goes', 'anew'].map((name) => bucket(name)),
    )
    const later = (hours: number) => [
      bucket('same', { byteHours: 100n * BigInt(hours) }),
      bucket('grows', { storedBytes: 100n + BigInt(hours), byteHours: 100n * BigInt(hours) }),
      bucket('anew', { createdAt: new Date(hour(1).getTime() + HOUR_MS / 2), byteHours: 100n * BigInt(hours - 1) }),
    ]
    for (const hours of [1, 2, 3]) await record('demo', hour(1 + hours), later(hours))

    const known = await store.db.selectFrom('storage_current').select(['kind', 'id']).execute()
    expect(known.map(({ kind, id }) => `${kind} ${id}`).toSorted()).toEqual([
      'bucket anew',
      'bucket grows',
      'bucket same',
      'cluster ',
      'user f17a',
    ])
    const ends = await store.db
      .selectFrom('storage_samples')
      .select(['id', 'sampled_at'])
      .where('is_end', '=', true)
      .execute()
    expect(ends.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
      { id: 'anew', sampled_at: hour(2) },
      { id: 'goes', sampled_at: hour(2) },
    ])
  })

  test('lacks a size that is not told, takes it for no end, and is exact again once it is told', async () => {
    const { record, history } = storageOf(await emptyStore(engine))
    const untold = { storedBytes: null, byteHours: null }
    await record('demo', hour(1), [bucket('told'), bucket('hidden'), bucket('late', { ...untold, createdAt: hour(1) })])
    await record('demo', hour(2), [bucket('told', { byteHours: 100n }), bucket('hidden', untold)])
    const emptied = bucket('hidden', { storedBytes: 0n, byteHours: 30n })
    await record('demo', hour(3), [bucket('told', { byteHours: 200n }), emptied])
    const sizes = async (kind: 'cluster' | 'bucket', id: string) => {
      const { samples } = await history('demo', { kind, id }, hour(0), hour(9))
      return samples.map(({ sampledAt, bytes, byteHours, isEnd }) => [sampledAt.getUTCHours(), bytes, byteHours, isEnd])
    }
    expect(await sizes('bucket', 'hidden')).toEqual([
      [1, 100n, 0n, false],
      [3, 0n, 30n, false],
    ])
    expect(await sizes('bucket', 'late')).toEqual([])
    expect(await sizes('cluster', '')).toEqual([
      [1, 200n, 0n, false],
      [2, 100n, 100n, false],
      [3, 100n, 230n, false],
    ])
    const silences = async (kind: 'cluster' | 'user' | 'bucket', id: string) =>
      (await history('demo', { kind, id }, hour(0), hour(9))).silences
    const ofHidden = { since: hour(1), until: hour(3), caughtUp: 30n, isLost: false }
    const ofLate = { since: hour(1), until: hour(2), caughtUp: 0n, isLost: true }
    expect(await silences('bucket', 'hidden')).toEqual([ofHidden])
    expect(await silences('bucket', 'late')).toEqual([ofLate])
    expect(await silences('user', 'f17a')).toHaveLength(2)
    expect(await silences('user', 'other')).toEqual([])
    expect(await silences('cluster', '')).toEqual(expect.arrayContaining([ofHidden, ofLate]))
    expect((await history('demo', { kind: 'cluster', id: '' }, hour(3), hour(9))).silences).toEqual([])
  })

  test('counts all that a new bucket stored before its size was first told', async () => {
    const { record, history } = storageOf(await emptyStore(engine))
    const untold = { storedBytes: null, byteHours: null }
    await record('demo', hour(1), [])
    await record('demo', hour(2), [bucket('new', { ...untold, createdAt: hour(1) })])
    await record('demo', hour(3), [bucket('new', { ...untold, createdAt: hour(1) })])
    await record('demo', hour(4), [bucket('new', { createdAt: hour(1), byteHours: 300n })])
    const { samples, silences } = await history('demo', { kind: 'user', id: 'f17a' }, hour(0), hour(9))
    expect(samples.at(-1)).toMatchObject({ sampledAt: hour(4), byteHours: 300n })
    expect(silences).toEqual([{ since: hour(1), until: hour(4), caughtUp: 300n, isLost: false }])
  })

  test.each<[string, Change, number]>([
    ['has another owner', { ownerId: 'other', byteHours: 400n }, 200],
    ['is made anew', { createdAt: hour(3), byteHours: 100n }, 300],
  ])('counts nothing twice of a bucket that %s before its size is told again', async (_, change, total) => {
    const { record, history } = storageOf(await emptyStore(engine))
    const untold = { storedBytes: null, byteHours: null }
    await record('demo', hour(1), [bucket('a', { byteHours: 100n })])
    await record('demo', hour(2), [bucket('a', { byteHours: 200n })])
    await record('demo', hour(3), [bucket('a', { ...change, ...untold })])
    await record('demo', hour(4), [bucket('a', change)])
    const { samples, silences } = await history('demo', { kind: 'cluster', id: '' }, hour(0), hour(9))
    expect(samples.at(-1)).toMatchObject({ byteHours: BigInt(total) })
    expect(silences.some(({ isLost }) => isLost)).toBe(change.createdAt === undefined)
  })

  test('gives the next owner of a bucket nothing of what it stored for the one before while its size was not told', async () => {
    const { record, history } = storageOf(await emptyStore(engine))
    await record('demo', hour(1), [bucket('told')])
    const made = { createdAt: hour(1) }
    await record('demo', hour(2), [bucket('told'), bucket('a', { ...made, storedBytes: null, byteHours: null })])
    await record('demo', hour(4), [bucket('told'), bucket('a', { ...made, ownerId: 'other', byteHours: 300n })])
    const { samples } = await history('demo', { kind: 'user', id: 'other' }, hour(0), hour(9))
    expect(samples.map(({ byteHours }) => byteHours)).toEqual([0n])
    await record('demo', hour(5), [bucket('told'), bucket('b', { storedBytes: null, byteHours: null })])
    const theirs = { createdAt: hour(6), ownerId: 'third', byteHours: 100n }
    await record('demo', hour(7), [bucket('told'), bucket('b', theirs)])
    const third = await history('demo', { kind: 'user', id: 'third' }, hour(0), hour(9))
    expect(third.samples.at(-1)).toMatchObject({ byteHours: 100n })
    const { silences } = await history('demo', { kind: 'user', id: 'f17a' }, hour(0), hour(9))
    expect(silences[0]).toEqual({ since: hour(1), until: hour(4), caughtUp: 0n, isLost: true })
  })

  test('takes a bucket for the same where a list tells neither its size nor its epoch', async () => {
    const { record, history } = storageOf(await emptyStore(engine))
    await record('demo', hour(1), [bucket('a', { byteHours: 100n })])
    await record('demo', hour(2), [bucket('a', { storedBytes: null, byteHours: null, createdAt: null, epoch: null })])
    await record('demo', hour(3), [bucket('a', { byteHours: 300n })])
    const { samples, silences } = await history('demo', { kind: 'user', id: 'f17a' }, hour(0), hour(9))
    expect(samples.at(-1)).toMatchObject({ byteHours: 300n })
    expect(silences).toEqual([{ since: hour(1), until: hour(3), caughtUp: 200n, isLost: false }])
  })

  test('counts what a bucket that was not listed for an hour stored before from then on only', async () => {
    const { record, history } = storageOf(await emptyStore(engine))
    const untold = { storedBytes: null, byteHours: null }
    const other = bucket('other')
    await record('demo', hour(1), [bucket('a', { byteHours: 100n }), other])
    await record('demo', hour(2), [bucket('other', { byteHours: 100n })])
    await record('demo', hour(3), [
      bucket('other', { byteHours: 200n }),
      bucket('a', { ...untold, createdAt: hour(-9) }),
    ])
    await record('demo', hour(4), [
      bucket('other', { byteHours: 300n }),
      bucket('a', { createdAt: hour(-9), byteHours: 400n }),
    ])
    const { samples, silences } = await history('demo', { kind: 'user', id: 'f17a' }, hour(0), hour(9))
    expect(samples.at(-1)).toMatchObject({ byteHours: 400n })
    expect(silences).toEqual([{ since: hour(2), until: hour(4), caughtUp: 0n, isLost: true }])
  })

  test.each<[string, Change[], number]>([
    ['is listed again', [{ byteHours: 300n }], 3],
    ['is listed again and grew', [{ storedBytes: 150n, byteHours: 300n }], 3],
    ['comes back before its size is told', [{ storedBytes: null, byteHours: null }, { byteHours: 300n }], 4],
  ])('counts all that a bucket stored while one list lacked it, once it %s', async (_, later, until) => {
    const store = await emptyStore(engine)
    const { record, history } = storageOf(store)
    const other = (hours: number) => bucket('other', { ownerId: 'b0b', byteHours: 100n * BigInt(hours) })
    await record('demo', hour(1), [other(1), bucket('a', { byteHours: 100n })])
    await record('demo', hour(2), [other(2)])
    for (const [index, change] of later.entries())
      await record('demo', hour(3 + index), [other(3 + index), bucket('a', change)])
    const silence = { since: hour(1), until: hour(until), caughtUp: 200n, isLost: false }
    for (const [kind, id] of [
      ['bucket', 'a'],
      ['user', 'f17a'],
      ['cluster', ''],
    ] as const) {
      const { samples, silences } = await history('demo', { kind, id }, hour(0), hour(9))
      expect(silences).toEqual([silence])
      expect(samples.some(({ isEnd }) => isEnd)).toBe(false)
      const grown = cameTo(samples.at(-1), hour(until)) - cameTo(samples[0], hour(1))
      expect(grown).toBe(kind === 'cluster' ? 200n + 100n * BigInt(until - 1) : 200n)
    }
    const kept = await store.db.selectFrom('storage_current').select('id').where('kind', '=', 'bucket').execute()
    expect(kept.map(({ id }) => id).toSorted()).toEqual(['a', 'other'])
  })

  test('does not lose a silence that was going on when a list lacked the bucket', async () => {
    const { record, history } = storageOf(await emptyStore(engine))
    const other = bucket('other', { ownerId: 'b0b' })
    await record('demo', hour(1), [other, bucket('a', { byteHours: 100n })])
    await record('demo', hour(2), [other, bucket('a', { storedBytes: null, byteHours: null })])
    await record('demo', hour(3), [other])
    await record('demo', hour(4), [other, bucket('a', { byteHours: 130n })])
    const { samples, silences } = await history('demo', { kind: 'user', id: 'f17a' }, hour(0), hour(9))
    expect(silences).toEqual([{ since: hour(1), until: hour(4), caughtUp: 30n, isLost: false }])
    expect(samples.at(-1)).toMatchObject({ byteHours: 130n })
  })

  test.each<[string, Change, Change, bigint]>([
    ['was made anew', {}, { createdAt: hour(2), byteHours: 100n }, 200n],
    ['begins its integral again', {}, { byteHours: 90n }, 100n],
    ['has another epoch', {}, { epoch: 2n, byteHours: 900n }, 100n],
  ])('takes a bucket for another one that a list lacked and that then %s', async (_, before, change, total) => {
    const { record, history } = storageOf(await emptyStore(engine))
    const other = bucket('other', { ownerId: 'b0b' })
    await record('demo', hour(1), [other, bucket('a', { byteHours: 100n, createdAt: hour(-9), ...before })])
    await record('demo', hour(2), [other])
    await record('demo', hour(3), [other, bucket('a', { createdAt: hour(-9), ...before, ...change })])
    const { samples, silences } = await history('demo', { kind: 'bucket', id: 'a' }, hour(0), hour(9))
    expect(samples.map(({ isEnd }) => isEnd)).toEqual([false, true, false])
    expect(silences).toEqual([])
    const ofUser = await history('demo', { kind: 'user', id: 'f17a' }, hour(0), hour(9))
    expect(ofUser.samples.at(-1)).toMatchObject({ byteHours: total })
  })

  test('says the least of a bucket that a list lacked, where nobody can say whether it is the same', async () => {
    const { record, history } = storageOf(await emptyStore(engine))
    const other = bucket('other', { ownerId: 'b0b' })
    await record('demo', hour(1), [other, bucket('a', { createdAt: null, byteHours: 100n })])
    await record('demo', hour(2), [other])
    await record('demo', hour(3), [other, bucket('a', { createdAt: null, byteHours: 300n })])
    await record('demo', hour(4), [other, bucket('a', { createdAt: null, byteHours: 400n })])
    const { samples, silences } = await history('demo', { kind: 'user', id: 'f17a' }, hour(0), hour(9))
    expect(silences).toEqual([{ since: hour(1), until: hour(3), caughtUp: 0n, isLost: true }])
    expect(cameTo(samples.at(-1), hour(4))).toBe(200n)
  })
})

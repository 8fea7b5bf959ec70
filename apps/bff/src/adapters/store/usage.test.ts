import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { rollUpsOf } from './roll-ups.ts'
import { statisticsOf } from './statistics.ts'
import type { UsageRow } from './statistics-changes.ts'
import { statisticsDecisionsOf } from './statistics-decisions.ts'
import type { Store } from './store.ts'
import { type Reading, usageOf } from './usage.ts'

const LARGEST = 2n ** 63n - 1n
const NOW = new Date('2026-11-02T00:00:00Z')
const DAY = { from: new Date('2026-11-01T00:00:00Z'), to: NOW }
const HOURLY = { stepSeconds: 3600, originSeconds: 0 }

const rowOf = (bucket: string, userId: string, uploadedBytes: bigint): UsageRow => ({
  bucket,
  userId,
  epoch: 1n,
  tag: '',
  putOps: 1n,
  getOps: 0n,
  listOps: 0n,
  otherOps: 2n,
  uploadedBytes,
  downloadedBytes: 0n,
})

const madeAt = (epoch: bigint, userId: string, bytes: bigint): UsageRow => ({ ...rowOf('a', userId, bytes), epoch })

const startOf = (time: string) => new Date(`2026-11-01T${time}Z`)
const nameOf = (time: string) => `s3-usage-8000000000000065-${startOf(time).toISOString()}-1800`

type State = 'listed' | 'open' | 'closed'

/** Objects of half an hour, each with its start, its rows and its state. */
const fillRows = async (
  store: Store,
  cluster: string,
  objects: [start: string, state: State, ...rows: UsageRow[]][],
  at = NOW,
) => {
  const statistics = statisticsOf(store)
  const named = objects.map(([start, state, ...rows]) => {
    return { name: nameOf(start), startedAt: startOf(start), state, rows }
  })
  await statistics.recordListing(cluster, {
    objects: named.map(({ name, startedAt }) => ({
      name,
      startedAt,
      serviceId: '8000000000000065',
      nominalSeconds: 1800,
      fault: null,
    })),
    at: NOW,
    coversUntil: NOW,
    isWhole: true,
  })
  for (const { name, state, rows } of named) {
    const object = await statistics.find(cluster, name)
    if (state === 'listed' || !object) continue
    const read = { name, objectNo: object.objectNo, startedAt: object.startedAt, at, unchangedSince: at }
    const content = { body: new Uint8Array([0, 1, 2]), rows }
    const isClosed = state === 'closed'
    const said = { periodSeconds: 1800, formatVersion: 1, sha256: 'hash', isClosed, dueAt: null }
    await statistics.save(cluster, [{ kind: 'stored', ...read, ...said, content }])
  }
}

type Asked = { cluster?: string; userId?: string; bucket?: string }

const seriesIn = (store: Store, { cluster = 'demo', ...subject }: Asked = {}) =>
  usageOf(store).reading(cluster, DAY, (reading) => reading.series(HOURLY, subject))

const rankingIn = (store: Store, query: Parameters<Reading['ranking']>[0]) =>
  usageOf(store).reading('demo', DAY, (reading) => reading.ranking(query))

const PLACES = ENGINES.flatMap((engine) => [
  { engine, source: 'rows' },
  { engine, source: 'roll-ups' },
])

describe.each(PLACES)('usage from $source on $engine', ({ engine, source }) => {
  const fill = async (...given: Parameters<typeof fillRows>) => {
    await fillRows(...given)
    const [store, cluster] = given
    if (source === 'roll-ups') await rollUpsOf(store).refresh(cluster, { until: new Date('2026-11-03T00:00:00Z') })
  }

  test('is exact past 2^63', async () => {
    const store = await emptyStore(engine)
    await fill(store, 'demo', [
      ['00:00:00', 'closed', rowOf('a', 'u', LARGEST), rowOf('b', 'u', LARGEST)],
      ['00:30:00', 'closed', rowOf('a', 'u', 9007199254740993n)],
    ])
    const { counts } = await seriesIn(store)
    expect(counts.map(({ uploadedBytes }) => uploadedBytes)).toEqual([2n * LARGEST + 9007199254740993n])
    const ranking = await rankingIn(store, { by: 'user', metric: 'traffic', limit: 1 })
    expect(ranking.items[0]?.uploadedBytes).toBe(2n * LARGEST + 9007199254740993n)
  })

  test('is exact where an hour, a day or a month is past 2^63, and has its roll-up again when it no longer is', async () => {
    const store = await emptyStore(engine)
    const sums = async () => {
      const { counts } = await seriesIn(store)
      const { items } = await rankingIn(store, { by: 'bucket', metric: 'traffic', limit: 3 })
      const month = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-12-01T00:00:00Z') }
      const [most] = await usageOf(store).reading('demo', month, async (reading) => {
        const found = await reading.ranking({ by: 'user', metric: 'traffic', limit: 1 })
        return found.items
      })
      return [counts, items, most ? [most] : []].map((rows) => rows.map(({ uploadedBytes }) => uploadedBytes))
    }
    const unsummed = async () => {
      const rows = await store.db.selectFrom('usage_unsummed').select(['grain', 'starts_at']).execute()
      return rows.map(({ grain, starts_at }) => `${grain} ${starts_at.toISOString().slice(0, 13)}`).toSorted()
    }
    await fill(store, 'demo', [
      ['00:00:00', 'closed', rowOf('a', 'u', LARGEST)],
      ['00:30:00', 'closed', rowOf('b', 'u', 1n)],
      ['02:00:00', 'closed', rowOf('b', 'u', 5n)],
    ])
    expect(await sums()).toEqual([[LARGEST + 1n, 5n], [LARGEST, 6n], [LARGEST + 6n]])
    const periods = ['day 2026-11-01T00', 'hour 2026-11-01T00', 'month 2026-11-01T00']
    expect(await unsummed()).toEqual(source === 'roll-ups' ? periods : [])

    // One that is counted never becomes less, but may be counted anew.
    const countAnew = async (start: string, row: UsageRow) => {
      await statisticsDecisionsOf(store).withdraw('demo', nameOf(start), NOW)
      await fill(store, 'demo', [[start, 'closed', row]])
    }
    await countAnew('00:30:00', rowOf('b', 'u', 0n))
    expect(await sums()).toEqual([[LARGEST, 5n], [LARGEST, 5n], [LARGEST + 5n]])
    // Each hour fits, and the day does not.
    expect(await unsummed()).toEqual(source === 'roll-ups' ? [periods[0], periods[2]] : [])

    await countAnew('00:00:00', rowOf('a', 'u', 7n))
    expect(await sums()).toEqual([[7n, 5n], [7n, 5n], [12n]])
    expect(await unsummed()).toEqual([])
  })

  test('counts an object with all it has in the step that it starts in', async () => {
    const store = await emptyStore(engine)
    await fill(store, 'demo', [
      ['00:59:59.999', 'closed', rowOf('a', 'u', 1n)],
      ['01:00:00', 'closed', rowOf('a', 'u', 10n)],
      ['23:59:59.999', 'closed', rowOf('a', 'u', 100n)],
    ])
    const { counts, objects } = await seriesIn(store)
    const from = BigInt(DAY.from.getTime() / 1000)
    expect(counts.map(({ step, uploadedBytes }) => [(step - from) / 3600n, uploadedBytes])).toEqual([
      [0n, 1n],
      [1n, 10n],
      [23n, 100n],
    ])
    expect(objects.map(({ step }) => (step - from) / 3600n)).toEqual([0n, 1n, 23n])
  })

  test('is filtered by user and by bucket, and clusters never mix', async () => {
    const store = await emptyStore(engine)
    const rows = [rowOf('a', 'u1', 1n), rowOf('a', 'u2', 10n), rowOf('b', 'u1', 100n)]
    await fill(store, 'demo', [['00:00:00', 'closed', ...rows]])
    await fill(store, 'other', [['00:00:00', 'closed', rowOf('a', 'u1', 1000n)]])
    const sum = async (filter: Asked) => (await seriesIn(store, filter)).counts[0]?.uploadedBytes
    expect(await sum({})).toBe(111n)
    expect(await sum({ userId: 'u1' })).toBe(101n)
    expect(await sum({ bucket: 'a' })).toBe(11n)
    expect(await sum({ userId: 'u2', bucket: 'b' })).toBeUndefined()
  })

  test('B101: a bucket that was made anew and changed hands counts for who had it', async () => {
    const store = await emptyStore(engine)
    await fill(store, 'demo', [
      ['00:00:00', 'closed', madeAt(1n, 'u1', 1n), madeAt(2n, 'u1', 10n), madeAt(3n, 'u2', 100n)],
    ])
    const of = async (userId: string) => (await seriesIn(store, { userId, bucket: 'a' })).counts[0]?.uploadedBytes
    expect([await of('u1'), await of('u2')]).toEqual([11n, 100n])
  })

  test('ranks by the metric, those that are equal by id, and sums up all others', async () => {
    const store = await emptyStore(engine)
    const rows = [
      rowOf('a', 'u3', 5n),
      rowOf('b', 'u1', 5n),
      rowOf('c', 'u2', 9n),
      rowOf('c', 'u4', 1n),
      rowOf('', 'u5', 2n),
    ]
    await fill(store, 'demo', [['00:00:00', 'closed', ...rows]])
    const users = await rankingIn(store, { by: 'user', metric: 'uploadedBytes', limit: 2 })
    expect(users.items.map(({ id, uploadedBytes }) => [id, uploadedBytes])).toEqual([
      ['u2', 9n],
      ['u1', 5n],
    ])
    expect(users.others).toMatchObject({ count: 3n, uploadedBytes: 8n, putOps: 3n, otherOps: 6n })

    const buckets = await rankingIn(store, { by: 'bucket', metric: 'traffic', limit: 10 })
    expect(buckets.items.map(({ id, userId }) => [id, userId])).toEqual([
      ['c', null],
      ['a', 'u3'],
      ['b', 'u1'],
      ['', 'u5'],
    ])
    expect(buckets.others).toBeNull()
    const operations = await rankingIn(store, {
      by: 'bucket',
      metric: 'operations',
      limit: 1,
      userId: 'u3',
    })
    expect(operations).toMatchObject({ items: [{ id: 'a', otherOps: 2n }], others: null })
  })

  test('reading an object again replaces its rows and adds none', async () => {
    const store = await emptyStore(engine)
    await fill(store, 'demo', [['00:00:00', 'open', rowOf('a', 'u', 5n), rowOf('b', 'u', 5n)]])
    await fill(store, 'demo', [['00:00:00', 'closed', rowOf('a', 'u', 7n), rowOf('b', 'u', 6n)]])
    const { counts } = await seriesIn(store)
    expect(counts[0]?.uploadedBytes).toBe(13n)
  })

  test('an object keeps its newer reading when an older one is stored late', async () => {
    const store = await emptyStore(engine)
    await fill(store, 'demo', [['00:00:00', 'closed', rowOf('a', 'u', 7n)]])
    await fill(store, 'demo', [['00:00:00', 'open', rowOf('a', 'u', 5n)]], new Date(NOW.getTime() - 1))
    const { counts, objects } = await seriesIn(store)
    expect(counts[0]?.uploadedBytes).toBe(7n)
    expect(objects[0]?.closed).toBe(1n)
  })

  test('is settled up to the first object that is not final, once gaps before it were looked for, and as far as anything is', async () => {
    const store = await emptyStore(engine)
    const usage = usageOf(store)
    expect(await usage.standing('demo')).toMatchObject({ historyFrom: null, completeUntil: null, collectedAt: null })

    // Newest first: what waits before the history does not make what is known less known.
    await fill(store, 'demo', [
      ['00:00:00', 'listed'],
      ['01:00:00', 'closed', rowOf('a', 'u', 1n)],
      ['02:00:00', 'closed', rowOf('a', 'u', 1n)],
      ['03:00:00', 'open', rowOf('a', 'u', 1n)],
      ['04:00:00', 'closed', rowOf('a', 'u', 1n)],
    ])
    expect(await usage.standing('demo')).toEqual({
      historyFrom: '2026-11-01T01:00:00.000Z',
      // Where nothing was summed nobody looked for gaps.
      completeUntil: source === 'roll-ups' ? '2026-11-01T03:00:00.000Z' : '2026-11-01T01:00:00.000Z',
      collectedAt: NOW.toISOString(),
      objectsListed: 5,
      objectsStored: 4,
      objectsPending: 1,
      objectsQuarantined: 0,
    })
    const standing = await usage.reading('demo', DAY, async (reading) => reading.standing)
    expect(standing.services).toMatchObject([{ listed: 5, stored: 4, closed: 3, nominalSeconds: 1800 }])

    await fill(store, 'second', [['01:00:00', 'closed', rowOf('a', 'u', 1n)]])
    const last = source === 'roll-ups' ? NOW.toISOString() : '2026-11-01T01:00:00.000Z'
    expect((await usage.standing('second')).completeUntil).toBe(last)
  })
})

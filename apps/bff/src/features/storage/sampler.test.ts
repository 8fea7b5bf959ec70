import { describe, expect, test } from 'vitest'
import { gatewayWithStatistics } from '../../../test/collecting.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { createDirectory } from '../../adapters/gateway/directory.ts'
import { storageOf } from '../../adapters/store/storage.ts'
import type { Store } from '../../adapters/store/store.ts'
import { stepsOf } from '../../lists/steps.ts'
import { createSampler } from './sampler.ts'
import { seriesOf } from './series.ts'

const NOON = '2026-11-04T12:00:00Z'
const HOUR_MS = 3_600_000

const sampling = async (store: Store, options: { buckets?: number; hugeBuckets?: number } = {}) => {
  const gateway = await gatewayWithStatistics({ now: NOON, buckets: 12, collectStatistics: false, ...options })
  const { control, now } = gateway
  const storage = storageOf(store)
  const make = () =>
    createSampler({
      cluster: { id: 'demo' },
      directory: createDirectory(gateway.gateway, { now }),
      storage,
      gatewayNow: now,
      log: { warn: () => {} },
    })
  const sampler = make()
  const hours = async (count: number) => {
    for (let hour = 0; hour < count; hour += 1) {
      control.clock.advance(HOUR_MS)
      await sampler.round()
    }
  }
  const series = async (kind: 'cluster' | 'user' | 'bucket', id: string, stepHours = 1) => {
    const from = new Date(NOON)
    const to = new Date(Math.floor(now().getTime() / HOUR_MS) * HOUR_MS)
    const steps = stepsOf(from, to, stepHours * 3600)
    const history = await storage.history('demo', { kind, id }, from, to)
    return seriesOf(history, { from, to, ...steps, isBucket: kind === 'bucket', now: to })
  }
  return { ...gateway, storage, sampler, make, hours, series }
}

/** A bucket of a megabyte for three hours and, so many hours later, another of its name for three. */
const madeAnew = async ({ sampler, hours, series, control }: Awaited<ReturnType<typeof sampling>>, later: number) => {
  const [owner] = control.oracle.users().filter(({ flags }) => flags.length === 0)
  control.buckets.create({ name: 'twice', owner: owner?.id ?? '', bytes: 1_000_000 })
  await sampler.round()
  await hours(3)
  control.buckets.remove('twice')
  await hours(later)
  control.buckets.create({ name: 'twice', owner: owner?.id ?? '', bytes: 8192 })
  await hours(3)
  return series('bucket', 'twice')
}

describe.each(ENGINES)('sizes sampled on %s', (engine) => {
  test('are those of every bucket at the end of each hour, with means that are exact to the byte-hour', async () => {
    const { control, sampler, hours, series } = await sampling(await emptyStore(engine), { hugeBuckets: 2 })
    const { oracle } = control
    await sampler.round()
    await hours(30)
    for (const name of oracle.buckets()) {
      const { points, byteHours, source } = await series('bucket', name)
      const at = (hour: number) => oracle.size(name, Date.parse(NOON) + hour * HOUR_MS)
      expect(points.map(({ storedBytes }) => storedBytes)).toEqual(
        points.map((_, index) => String(at(index + 1)?.current)),
      )
      expect(points.map(({ averageBytes }) => averageBytes)).toEqual(
        points.map((_, index) => String((at(index + 1)?.integral ?? 0n) - (at(index)?.integral ?? 0n))),
      )
      expect(byteHours).toBe(String((at(30)?.integral ?? 0n) - (at(0)?.integral ?? 0n)))
      expect(source).toMatchObject({ coverage: 'complete', hoursMissing: 0 })
    }
  })

  test('of a user and of the cluster are the sums of their buckets', async () => {
    const { control, sampler, hours, series } = await sampling(await emptyStore(engine))
    const { oracle } = control
    await sampler.round()
    await hours(26)
    const sumOf = (names: string[]) =>
      names.reduce(
        (all, name) => ({
          bytes: all.bytes + BigInt(oracle.size(name)?.current ?? 0),
          grown:
            all.grown + (oracle.size(name)?.integral ?? 0n) - (oracle.size(name, Date.parse(NOON))?.integral ?? 0n),
        }),
        { bytes: 0n, grown: 0n },
      )
    const check = async (kind: 'cluster' | 'user', id: string, names: string[]) => {
      const { points, byteHours } = await series(kind, id)
      const { bytes, grown } = sumOf(names)
      expect(points.at(-1)?.storedBytes).toBe(String(bytes))
      expect(byteHours).toBe(String(grown))
    }
    await check('cluster', '', oracle.buckets())
    for (const { id } of oracle.users()) await check('user', id, oracle.buckets(id))
  })

  test('keep a row only where a size changed', async () => {
    const store = await emptyStore(engine)
    const { sampler, hours, control } = await sampling(store)
    const [owner] = control.oracle.users().filter(({ flags }) => flags.length === 0)
    control.buckets.create({ name: 'quiet', owner: owner?.id ?? '' })
    await sampler.round()
    await hours(10)
    const rows = await store.db.selectFrom('storage_samples').selectAll().where('id', '=', 'quiet').execute()
    expect(rows).toHaveLength(1)
    expect(await store.db.selectFrom('storage_runs').selectAll().execute()).toHaveLength(11)
  })

  test('of a bucket made anew under its old name are never merged with those of the old one', async () => {
    const { points, generations, averageBytes } = await madeAnew(await sampling(await emptyStore(engine)), 2)
    const old = expect.stringMatching(/^100\d{4}$/)
    expect(points.map(({ storedBytes }) => storedBytes)).toEqual([old, old, old, null, null, '8192', '8192', '8192'])
    expect(generations).toHaveLength(2)
    expect(averageBytes).toBe('8192')
  })

  test('of a bucket made anew within an hour have a mean of its last life alone, which is not that of the range', async () => {
    const { averageBytes, source } = await madeAnew(await sampling(await emptyStore(engine)), 0)
    expect(averageBytes).toBe('8192')
    expect(source).toMatchObject({ coverage: 'partial', hoursMissing: 0 })
  })

  test('of an hour for which the gateway failed are missing, not 0, and what lies between is still exact', async () => {
    const { sampler, hours, series, control } = await sampling(await emptyStore(engine))
    await sampler.round()
    await hours(2)
    control.faults.add({ service: 'ostor-buckets', status: 500 })
    for (let hour = 0; hour < 3; hour += 1) {
      control.clock.advance(HOUR_MS)
      await sampler.round().catch(() => {})
    }
    control.faults.clear()
    await hours(2)
    const { points, source, byteHours } = await series('cluster', '')
    expect(points.map(({ storedBytes }) => storedBytes === null)).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
      false,
    ])
    expect(source).toMatchObject({ coverage: 'partial', hoursExpected: 8, hoursMissing: 3 })
    const integral = (at?: number) =>
      control.oracle.buckets().reduce((sum, name) => sum + (control.oracle.size(name, at)?.integral ?? 0n), 0n)
    expect(byteHours).toBe(String(integral() - integral(Date.parse(NOON))))
  })

  test('are taken once an hour, whoever asks and however often', async () => {
    const store = await emptyStore(engine)
    const { sampler, make } = await sampling(store)
    await Promise.all([sampler.round(), make().round(), make().round()])
    await sampler.round()
    expect(await store.db.selectFrom('storage_runs').selectAll().execute()).toHaveLength(1)
    const rows = await store.db.selectFrom('storage_samples').select('id').where('kind', '=', 'bucket').execute()
    expect(rows).toHaveLength(12)
  })

  test('of a bucket that a list lacked are not known then, and exact over that hour for its user and the cluster, too', async () => {
    const { control, sampler, hours, series, storage, gateway, now } = await sampling(await emptyStore(engine))
    const { oracle } = control
    await sampler.round()
    await hours(1)
    control.clock.advance(HOUR_MS)
    const [lacked, ...listed] = await gateway.listBuckets()
    if (!lacked) throw new Error('there is no bucket')
    await storage.record('demo', new Date(Math.floor(now().getTime() / HOUR_MS) * HOUR_MS), listed)
    await hours(2)
    const grownOf = (names: string[]) =>
      names.reduce(
        (sum, name) =>
          sum + (oracle.size(name)?.integral ?? 0n) - (oracle.size(name, Date.parse(NOON))?.integral ?? 0n),
        0n,
      )
    const ofBucket = await series('bucket', lacked.name)
    expect(ofBucket).toMatchObject({ byteHours: String(grownOf([lacked.name])), generations: [{}] })
    expect(ofBucket.points.map(({ storedBytes }) => storedBytes === null)).toEqual([false, true, false, false])
    const ofUser = await series('user', lacked.ownerId)
    expect(ofUser.byteHours).toBe(String(grownOf(oracle.buckets(lacked.ownerId))))
    const ofCluster = await series('cluster', '')
    expect(ofCluster).toMatchObject({
      byteHours: String(grownOf(oracle.buckets())),
      source: { coverage: 'partial', hoursMissing: 0, hoursUntold: 1 },
    })
  })

  test('believe that all buckets are gone only when an hour later it is still so', async () => {
    const store = await emptyStore(engine)
    const { sampler, hours, control } = await sampling(store)
    await sampler.round()
    const fault = control.faults.add({ service: 'ostor-buckets', body: '{"Buckets":[]}' })
    await hours(1)
    control.faults.clear(fault)
    await hours(1)
    expect(await store.db.selectFrom('storage_samples').select('id').where('is_end', '=', true).execute()).toEqual([])
    control.faults.add({ service: 'ostor-buckets', body: '{"Buckets":[]}' })
    await hours(2)
    const ends = await store.db.selectFrom('storage_samples').select('id').where('is_end', '=', true).execute()
    expect(ends).toHaveLength(12)
  })

  test('are missing for an hour whose list tells no size at all, which nobody stores nothing by', async () => {
    const { control, sampler, hours, series } = await sampling(await emptyStore(engine))
    const body = JSON.stringify({ Buckets: [{ name: 'untold', owner_id: 'f17a', epoch: 0 }] })
    control.faults.add({ service: 'ostor-buckets', body })
    await hours(2)
    expect(await series('cluster', '')).toMatchObject({
      points: [{ storedBytes: null }, { storedBytes: null }],
      source: { coverage: 'unknown', historyFrom: null },
    })
    // A list of all buckets is not read once more within the hour, and so not told from one that has sizes.
    control.faults.clear()
    await sampler.round()
    expect((await series('cluster', '')).source.historyFrom).toBeNull()
    await hours(1)
    expect((await series('cluster', '')).source.historyFrom).not.toBeNull()
  })
})

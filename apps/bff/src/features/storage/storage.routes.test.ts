import type { StorageGrowth, StorageSeries } from '@ostor-console/shared/storage'
import { expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'
import { storageOf } from '../../adapters/store/storage.ts'

const HOUR_MS = 3_600_000
const NOW = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
const hour = (hours: number): Date => new Date(NOW + hours * HOUR_MS)
const sized = (name: string, ownerId: string, storedBytes: bigint | null, byteHours: bigint | null) => ({
  name,
  ownerId,
  createdAt: hour(-9),
  epoch: 1n,
  storedBytes,
  byteHours,
})

const silent = async () => {
  const { ask, user, store } = await desk()
  const [{ id: one }, { id: other }] = [user(1), user(2)]
  const { record } = storageOf(store)
  const never = sized('never', other, null, null)
  await record('demo', hour(-4), [sized('a', one, 100n, 500n), sized('b', one, 7n, 35n), never])
  await record('demo', hour(-3), [sized('a', one, 100n, 600n), sized('b', one, null, null), never])
  await record('demo', hour(-2), [sized('a', one, 100n, 700n), sized('b', one, null, null), never])
  await record('demo', hour(-1), [sized('a', one, 100n, 800n), sized('b', one, 1007n, 2056n), never])
  const range = `from=${hour(-4).toISOString()}&to=${hour(-1).toISOString()}&stepSeconds=3600`
  return {
    one,
    other,
    series: async (subject: string) => (await ask<StorageSeries>('GET', `/storage/series?${range}${subject}`)).body,
    growth: async (subject: string) => (await ask<StorageGrowth>('GET', `/storage/growth?${subject}`)).body,
    record,
  }
}

test('hours for which the size of a bucket was not told say the least, and the whole range is exact once it is told', async () => {
  const { one, series } = await silent()
  const { points, byteHours, source } = await series(`&userId=${one}`)
  expect(points.map(({ coverage, storedBytes, averageBytes }) => [coverage, storedBytes, averageBytes])).toEqual([
    ['partial', '100', '100'],
    ['partial', '100', '100'],
    // One bucket came back with all that it stored meanwhile; the least is what the other grew by.
    ['partial', '1107', '100'],
  ])
  expect(byteHours).toBe(String(300 + 2021))
  expect(source).toMatchObject({ coverage: 'partial', hoursMissing: 0, hoursUntold: 2 })
  const bucket = await series('&bucket=b')
  expect(bucket.points.map(({ storedBytes }) => storedBytes)).toEqual([null, null, '1007'])
  const cluster = (await series('')).points.map(({ coverage, averageBytes }) => [coverage, averageBytes])
  expect(cluster).toEqual([1, 2, 3].map(() => ['partial', '100']))
})

test('a user of whom no size was ever told does not store 0, and has no growth', async () => {
  const { one, other, series, growth, record } = await silent()
  const { points, byteHours, source } = await series(`&userId=${other}`)
  expect(points.map(({ storedBytes }) => storedBytes)).toEqual([null, null, null])
  expect([byteHours, source.coverage]).toEqual([null, 'unknown'])
  expect((await growth(`userId=${other}`)).storedBytes).toBeNull()
  expect((await growth(`userId=${one}`)).storedBytes).toBe('1107')
  await record('demo', hour(0), [sized('a', one, null, null), sized('b', one, 1007n, 3063n)])
  expect((await growth(`userId=${one}`)).storedBytes).toBeNull()
})

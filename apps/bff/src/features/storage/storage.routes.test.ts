import type { StorageGrowth, StorageSeries } from '@ostor-console/shared/storage'
import { expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'
import { storageOf } from '../../adapters/store/storage.ts'

test('what a user stores is not known while the gateway tells no size of one of the buckets', async () => {
  const { ask, user, control, oracle, store } = await desk()
  const { id } = user(1)
  control.buckets.create({ name: 'sized', owner: id, bytes: 4096 })
  const bucket = { name: 'sized', ownerId: id, createdAt: new Date(0), epoch: 1n, storedBytes: 4096n, byteHours: 1n }
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000)
  await storageOf(store).record('demo', hour, [bucket])
  const growth = async () => (await ask<StorageGrowth>('GET', `/storage/growth?userId=${id}`)).body
  expect((await growth()).storedBytes).toBe('4096')

  expect(oracle.buckets(id)).toContain('sized')
  const untold = await desk()
  const other = untold.user(1)
  await storageOf(untold.store).record('demo', hour, [{ ...bucket, ownerId: other.id }])
  const third = untold.user(2)
  const names = [other, third].map((owner) => ({ name: `untold-${owner.id}`, owner_id: owner.id, epoch: 0 }))
  const body = JSON.stringify({ Buckets: names })
  untold.control.faults.add({ service: 'ostor-buckets', body })
  const found = await untold.ask<StorageGrowth>('GET', `/storage/growth?userId=${other.id}`)
  expect(found.body).toMatchObject({ storedBytes: null, growth: null })

  const range = `from=${new Date(hour.getTime() - 3_600_000).toISOString()}&to=${hour.toISOString()}`
  const series = (userId: string) => untold.ask<StorageSeries>('GET', `/storage/series?${range}&userId=${userId}`)
  const sized = (await series(other.id)).body
  expect(sized.points.at(-1)).toMatchObject({ storedBytes: '4096', coverage: 'partial' })
  const unknown = (await series(third.id)).body
  expect(unknown.source.coverage).toBe('unknown')
  expect(unknown.points.every(({ storedBytes }) => storedBytes === null)).toBe(true)
})

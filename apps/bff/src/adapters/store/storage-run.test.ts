import { expect, test } from 'vitest'
import { type Before, keyOf, runOf, type Sample } from './storage-run.ts'

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 1, hour))
const sampled = { createdAt: null, epoch: null, sampledAt: at(1), bytes: 100n, byteHours: 0n }
const BUCKET: Sample = { kind: 'bucket', id: 'b', ownerId: 'u', ...sampled }
const USER: Sample = { kind: 'user', id: 'u', ownerId: '', ...sampled }
const BEFORE: Before = {
  lastRunAt: at(11),
  known: new Map([BUCKET, USER].map((sample) => [keyOf(sample), sample])),
  untold: new Map(),
}

test('an integral that begins again ends the life of its bucket, and takes nothing from its user', async () => {
  const now = { name: 'b', ownerId: 'u', createdAt: null, epoch: null, storedBytes: 100n, byteHours: 100n }
  const run = await runOf(at(12), BEFORE, [now])
  expect(run.ended).toEqual([BUCKET])
  expect(run.samples.find(({ kind }) => kind === 'user')).toMatchObject({ byteHours: 1000n })
})

test('an integral that goes on is the same life, though the last stored sample is hours old', async () => {
  const now = { name: 'b', ownerId: 'u', createdAt: null, epoch: null, storedBytes: 100n, byteHours: 1100n }
  const run = await runOf(at(12), BEFORE, [now])
  expect(run).toMatchObject({ ended: [], samples: [{ kind: 'cluster' }] })
})

test('a bucket that is listed twice counts once', async () => {
  const now = { name: 'b', ownerId: 'u', createdAt: null, epoch: null, storedBytes: 70n, byteHours: 1100n }
  const run = await runOf(at(12), BEFORE, [now, now])
  expect(run).toMatchObject({ buckets: 1, owners: 1 })
  expect(run.samples.find(({ kind }) => kind === 'user')).toMatchObject({ bytes: 70n, byteHours: 1100n })
})

test('a bucket that changes hands soon after it was made gives nothing of what it stored before to anybody else', async () => {
  const made = { ...BUCKET, createdAt: at(11), sampledAt: at(11), byteHours: 50n }
  const known = new Map([made, { ...USER, sampledAt: at(11), byteHours: 50n }].map((one) => [keyOf(one), one]))
  const now = { name: 'b', ownerId: 'v', createdAt: at(11), epoch: null, storedBytes: 100n, byteHours: 150n }
  const run = await runOf(at(12), { ...BEFORE, known }, [now])
  expect(run.ended).toEqual([made])
  expect(run.samples.find(({ kind, id }) => kind === 'user' && id === 'v')).toMatchObject({ byteHours: 0n })
})

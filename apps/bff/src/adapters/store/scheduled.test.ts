import { ProblemError } from '@ostor-console/shared/problem'
import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { auditOf } from './audit.ts'
import { scheduledOf, type Wanted } from './scheduled.ts'

const NOW = new Date('2026-05-01T00:00:00Z')
const WANTED: Wanted = {
  cluster: 'demo',
  action: 'key.revoke',
  userId: 'a1',
  email: 'ana@example.com',
  keyId: 'K1',
  acceptLastKey: false,
  askedBy: 'admin@example.com',
  dueAt: new Date('2026-05-02T00:00:00Z'),
}

const isThere = (error: unknown) => error instanceof ProblemError && error.is('scheduled-already')

describe.each(ENGINES)('scheduled changes on %s', (engine) => {
  const opened = async () => scheduledOf(await emptyStore(engine), { now: () => NOW })

  test('of eight who take one at once, one has it', async () => {
    const scheduled = await opened()
    const { id } = await scheduled.add(WANTED)
    const taken = await Promise.allSettled(Array.from({ length: 8 }, () => scheduled.claim(id)))
    expect(taken.filter((one) => one.status === 'fulfilled' && one.value !== null)).toHaveLength(1)
    expect(await scheduled.stop(id, 'late@example.com')).toBeNull()
    expect(await scheduled.move(id, NOW)).toBeNull()
  })

  test('the same is asked for once, and again when the first has ended', async () => {
    const scheduled = await opened()
    const { id } = await scheduled.add(WANTED)
    expect(await scheduled.add(WANTED).catch(isThere)).toBe(true)
    expect(await scheduled.prepare(WANTED).catch(isThere)).toBe(true)
    await scheduled.add({ ...WANTED, keyId: 'K2' })
    await scheduled.add({ ...WANTED, action: 'user.delete', keyId: null })
    expect(await scheduled.add({ ...WANTED, action: 'user.delete', keyId: null }).catch(isThere)).toBe(true)
    await scheduled.stop(id, 'admin@example.com')
    expect(await scheduled.add(WANTED)).toMatchObject({ state: 'waiting' })
  })

  test('the next one comes first, of one cluster and, if wanted, of one user', async () => {
    const scheduled = await opened()
    const last = await scheduled.add({ ...WANTED, dueAt: new Date('2026-06-01T00:00:00Z') })
    const first = await scheduled.add({ ...WANTED, userId: 'b2' })
    await scheduled.add({ ...WANTED, cluster: 'other' })
    expect((await scheduled.open('demo')).map(({ id }) => id)).toEqual([first.id, last.id])
    expect((await scheduled.open('demo', { userId: 'a1' })).map(({ id }) => id)).toEqual([last.id])
    await scheduled.overtake('demo', { userId: 'a1', keyId: 'K9' }, 'admin@example.com')
    expect(await scheduled.ended('demo', NOW)).toEqual([])
    await scheduled.overtake('demo', { userId: 'a1' }, 'admin@example.com')
    expect(await scheduled.ended('demo', NOW)).toMatchObject([{ id: last.id, state: 'done' }])
    expect(await scheduled.ended('demo', new Date(NOW.getTime() + 1))).toEqual([])
  })

  test('each claim has an operation of its own, so that a later one is not taken for an earlier', async () => {
    const scheduled = await opened()
    const { id } = await scheduled.add(WANTED)
    const first = await scheduled.claim(id)
    await scheduled.release({ id, operationId: first?.operationId ?? '' }, 'the gateway did not answer')
    const second = await scheduled.claim(id)
    expect(first?.operationId).not.toBe(second?.operationId)
    expect(await scheduled.find('demo', id)).toMatchObject({ operationId: second?.operationId, acceptLastKey: false })
    expect(await scheduled.find('other', id)).toBeNull()
  })

  test('what was never begun is let go, and then cannot begin; what was begun is not', async () => {
    const store = await emptyStore(engine)
    const scheduled = scheduledOf(store, { now: () => NOW })
    const { id } = await scheduled.add(WANTED)
    const first = await scheduled.claim(id)
    expect(first && (await scheduled.releaseUnbegun(first))).toBe(true)
    expect(await scheduled.begin(id, first?.operationId ?? '')).toBeNull()

    const second = await scheduled.claim(id)
    const operationId = second?.operationId ?? ''
    await auditOf(store).begin({ actor: 'a', action: 'key.revoke', cluster: 'demo', target: 'K1', operationId })
    expect(await scheduled.begin(id, operationId)).toMatchObject({ state: 'running' })
    expect(second && (await scheduled.releaseUnbegun(second))).toBe(false)
    const late = { state: 'failed', by: 'console', detail: 'of an operation that lost it' } as const
    expect(first && (await scheduled.end(first, late))).toBeNull()
    expect(second && (await scheduled.end(second, { ...late, state: 'done' }))).toMatchObject({ state: 'done' })
  })

  test('the letter case of a user id says nothing', async () => {
    const scheduled = await opened()
    await scheduled.add({ ...WANTED, userId: 'ab12' })
    expect(await scheduled.open('demo', { userId: 'AB12' })).toHaveLength(1)
    await scheduled.overtake('demo', { userId: 'AB12' }, 'admin@example.com')
    expect(await scheduled.open('demo')).toEqual([])
  })
})

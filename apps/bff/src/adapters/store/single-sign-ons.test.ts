import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { testClock } from '../../../test/test-clock.ts'
import { adminsOf } from './admins.ts'
import { singleSignOnsOf } from './single-sign-ons.ts'

const ADA = { issuer: 'https://login.example', subject: 'a1' }
const NAMES = ['ada@example.com', 'ada@example.com (Example)']

describe.each(ENGINES)('single sign-on in %s', (engine) => {
  test('somebody is one admin, without a password, however often they come at once', async () => {
    const store = await emptyStore(engine)
    const identities = singleSignOnsOf(store)
    expect(await identities.find(ADA)).toBeNull()
    const came = await Promise.all([1, 2, 3, 4].map(() => identities.adminOf(ADA, NAMES, 'viewer')))
    expect(new Set(came.map(({ id }) => id)).size).toBe(1)
    expect(came.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(await identities.find(ADA)).toBe(came[0]?.id)
    expect(await adminsOf(store).findById(came[0]?.id ?? '')).toMatchObject({
      email: 'ada@example.com',
      role: 'viewer',
      passwordHash: null,
    })
    expect(await adminsOf(store).count()).toBe(1)
  })

  test('a subject is somebody else at another provider, and a name that is taken stays whose it is', async () => {
    const store = await emptyStore(engine)
    const identities = singleSignOnsOf(store)
    const local = await adminsOf(store).create({ email: 'ADA@example.com', passwordHash: 'a hash', role: 'admin' })
    const here = await identities.adminOf(ADA, NAMES, 'viewer')
    await expect(
      identities.adminOf({ ...ADA, issuer: 'https://other.example' }, NAMES, 'viewer'),
    ).rejects.toMatchObject({
      problem: { type: '/problems/admin-exists' },
    })
    const there = await identities.adminOf({ ...ADA, issuer: 'https://other.example' }, [...NAMES, 'ada'], 'viewer')
    expect(new Set([local.id, here.id, there.id]).size).toBe(3)
    expect((await adminsOf(store).findById(here.id))?.email).toBe('ada@example.com (Example)')
    expect(await adminsOf(store).findById(local.id)).toMatchObject({ role: 'admin', passwordHash: 'a hash' })
  })

  test('a sign-in is used once, and forgotten when it would not be taken any more', async () => {
    const { now, later } = testClock(Date.UTC(2026, 10, 1))
    const store = await emptyStore(engine)
    const identities = singleSignOnsOf(store, { now })
    const until = new Date(now().getTime() + 1000)
    const used = await Promise.all([1, 2, 3].map(() => identities.use('x', until)))
    expect(used.filter(Boolean)).toHaveLength(1)
    expect(await identities.use('y', until)).toBe(true)
    later(2000)
    await identities.use('z', new Date(now().getTime() + 1000))
    expect(await store.db.selectFrom('used_sign_ins').select('id_hash').execute()).toEqual([{ id_hash: 'z' }])
  })
})

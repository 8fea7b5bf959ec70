import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { adminsOf } from './admins.ts'
import { passkeyChallengesOf } from './passkey-challenges.ts'
import { passkeysOf } from './passkeys.ts'
import { forgetSecondFactor } from './second-factors.ts'

const AT = new Date(Date.UTC(2026, 10, 1))
const LATER = new Date(AT.getTime() + 1000)
const LAPTOP = {
  credentialId: 'AQID',
  name: 'Laptop',
  publicKey: Uint8Array.of(1, 2, 255),
  counter: 4_294_967_294,
  transports: ['internal', 'hybrid'],
  isSynced: true,
  addedAt: AT,
}
const PHONE = { ...LAPTOP, credentialId: 'BAUG', name: 'Phone', counter: 0, transports: [], addedAt: LATER }
const ASKED = { challenge: 'question', browser: 'this one', purpose: 'sign-in' } as const

const times = <T>(n: number, work: () => Promise<T>) => Promise.all(Array.from({ length: n }, work))

describe.each(ENGINES)('passkeys on %s', (engine) => {
  test('are kept as they came, once, and used as often as their counter goes up', async () => {
    const { of, find, add, use } = passkeysOf(await emptyStore(engine))
    await add({ ...PHONE, adminId: 'ada' })
    await add({ ...LAPTOP, adminId: 'ada' })
    await expect(add({ ...LAPTOP, adminId: 'bob' })).rejects.toMatchObject({
      problem: { type: '/problems/passkey-exists' },
    })
    const [laptop, phone] = await of('ada')
    expect(laptop).toEqual({ ...LAPTOP, id: expect.any(String), adminId: 'ada', lastUsedAt: null })
    expect(phone).toMatchObject({ name: 'Phone', transports: [] })
    expect([await find('AQID'), await find('AQI'), await of('bob')]).toEqual([laptop, null, []])

    const last = 4_294_967_295
    expect((await times(4, () => use(laptop?.id ?? '', last, LATER))).filter(Boolean)).toHaveLength(1)
    expect([await use(laptop?.id ?? '', 0, LATER), await use(phone?.id ?? '', 0, LATER)]).toEqual([false, true])
    expect(await find('AQID')).toMatchObject({ counter: last, lastUsedAt: LATER })
  })

  test('the last one stays where there is no password, however many are removed at once', async () => {
    const store = await emptyStore(engine)
    const { of, add, remove } = passkeysOf(store)
    const { id: adminId } = await adminsOf(store).create({ email: 'ada@example.com', passwordHash: null })
    await add({ ...LAPTOP, adminId })
    await add({ ...PHONE, adminId })
    const own = await of(adminId)
    await expect(remove('bob', own[0]?.id ?? '')).rejects.toMatchObject({ problem: { status: 404 } })
    const outcomes = await Promise.allSettled(own.map(({ id }) => remove(adminId, id)))
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await of(adminId)).toHaveLength(1)
    expect(await store.transaction((tx) => forgetSecondFactor(tx, adminId))).toEqual({ app: false, passkeys: 1 })
    expect(await of(adminId)).toEqual([])
  })

  test('a challenge is taken once, by the browser that was asked, for what it was asked for, in time', async () => {
    const store = await emptyStore(engine)
    const { begin, take } = passkeyChallengesOf(store)
    await begin({ ...ASKED, adminId: 'ada', until: LATER }, AT)
    expect(await take({ ...ASKED, browser: 'another' }, AT)).toBeUndefined()
    expect(await take({ ...ASKED, purpose: 'proof' }, AT)).toBeUndefined()
    expect(await take(ASKED, LATER)).toBeUndefined()
    const taken = await times(5, () => take(ASKED, AT))
    expect(taken.filter((each) => each !== undefined)).toEqual([{ adminId: 'ada' }])
    await begin({ ...ASKED, adminId: null, until: LATER }, AT)
    await begin({ ...ASKED, challenge: 'next', adminId: null, until: new Date(LATER.getTime() + 1) }, LATER)
    expect(await store.db.selectFrom('passkey_challenges').selectAll().execute()).toHaveLength(1)
  })
})

import { describe, expect, test } from 'vitest'
import { ACCOUNT, STEP } from '../../../test/factor-desk.ts'
import { PASSKEYS, passkeyDesk } from '../../../test/passkey-desk.ts'
import { softwarePasskey } from '../../../test/software-passkey.ts'
import { ADMIN, CLUSTER } from '../../../test/world.ts'
import { adminsOf } from '../../adapters/store/admins.ts'

const MINUTE = 60_000

type Desk = Awaited<ReturnType<typeof passkeyDesk>>

const passkeysOf = async ({ admin }: Desk) => (await admin('GET', ACCOUNT)).json().passkeys

/** Eve, who may manage people too and has the password of the admin. */
const withEve = async ({ store, inOtherBrowser, signIn }: Desk) => {
  const people = adminsOf(store)
  const ada = await people.findByEmail(ADMIN.email)
  await people.create({ email: 'eve@example.com', passwordHash: ada?.passwordHash ?? null })
  const asEve = async () => {
    inOtherBrowser()
    await signIn({ ...ADMIN, email: 'eve@example.com' })
  }
  return { ada: ada?.id ?? '', people, asEve }
}

describe('adding a passkey', () => {
  test('asks for one that is found without an e-mail and unlocked, and not for one that is here', async () => {
    const desk = await passkeyDesk()
    expect(await desk.offered()).toMatchObject({
      rp: { id: 'localhost', name: 'Ostor Console' },
      user: { name: ADMIN.email },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [],
    })
    await desk.add(softwarePasskey(), 'Laptop')
    desk.pass(1000)
    await desk.add(softwarePasskey(), 'Telephone')
    expect((await desk.offered()).excludeCredentials).toHaveLength(2)
    const unnamed = await desk.admin('POST', PASSKEYS, softwarePasskey().make(await desk.offered(), '   '))
    expect(unnamed.json().errors).toMatchObject([{ pointer: '/body/name', detail: 'must have a name' }])
    expect(await passkeysOf(desk)).toMatchObject([
      { name: 'Laptop', lastUsedAt: null },
      { name: 'Telephone', lastUsedAt: null },
    ])
  })

  test('takes a proof, ends the sessions elsewhere, and is no proof itself', async () => {
    const desk = await passkeyDesk()
    const { app, admin, session, signIn, pass, typeOf, offered, add } = desk
    const elsewhere = session()
    await signIn()
    pass(9 * MINUTE)
    await add(softwarePasskey())
    expect((await app.inject({ url: ACCOUNT, headers: elsewhere })).statusCode).toBe(401)
    expect((await admin('GET', ACCOUNT)).statusCode).toBe(200)
    const offer = await offered()
    pass(2 * MINUTE)
    expect(await typeOf(admin('POST', PASSKEYS, softwarePasskey().make(offer)))).toBe('/problems/proof-required')
    expect(await passkeysOf(desk)).toHaveLength(1)
  })

  test('is refused for one of another origin or RP id, that was not unlocked, or answers something else', async () => {
    const desk = await passkeyDesk()
    const { admin, offered, typeOf, audit } = desk
    const wrong = [
      { origin: 'https://evil.example.com' },
      { rpId: 'example.com' },
      { verified: false },
      { type: 'webauthn.get' },
    ]
    for (const told of wrong) {
      const made = softwarePasskey().make(await offered(), 'Laptop', told)
      expect(`${JSON.stringify(told)} ${await typeOf(admin('POST', PASSKEYS, made))}`).toMatch(/passkey-refused$/)
    }
    expect(await passkeysOf(desk)).toEqual([])
    expect((await audit()).slice(0, 4)).toEqual(wrong.map(() => 'passkey.refused refused'))
  })

  test('takes each offer once, from the admin to whom it was made, and each passkey once', async () => {
    const desk = await passkeyDesk()
    const { admin, offered, typeOf, add } = desk
    const passkey = softwarePasskey()
    const offer = await offered()
    expect(await typeOf(admin('POST', PASSKEYS, passkey.make(offer)))).toBe(200)
    expect(await typeOf(admin('POST', PASSKEYS, softwarePasskey().make(offer)))).toBe('/problems/passkey-refused')
    await expect(add(passkey)).rejects.toThrow('passkey-exists')
    expect(await passkeysOf(desk)).toHaveLength(1)
  })
})

describe('removing a passkey', () => {
  test('ends the sessions elsewhere, is in the audit, and is of the own ones alone', async () => {
    const desk = await passkeyDesk()
    const { admin, app, session, typeOf, withPasskey, audit } = desk
    await withPasskey()
    const [{ id }] = await passkeysOf(desk)
    const mine = session()
    const { asEve } = await withEve(desk)
    await asEve()
    expect(await typeOf(admin('DELETE', `${PASSKEYS}/${id}`))).toBe('/problems/passkey-not-found')
    const reply = await app.inject({
      method: 'DELETE',
      url: `${PASSKEYS}/${id}`,
      headers: { ...mine, 'sec-fetch-site': 'same-origin', 'x-requested-by': 'console' },
      payload: {},
    })
    expect(reply.json()).toMatchObject({ state: 'signed-in' })
    expect((await app.inject({ url: ACCOUNT, headers: mine })).statusCode).toBe(401)
    expect(await audit()).toContain('passkey.remove done')
  })

  test('the last one of an admin without a password stays, until there is another way in', async () => {
    const desk = await passkeyDesk()
    const { admin, typeOf, withPasskey, store } = desk
    await withPasskey()
    const [{ id }] = await passkeysOf(desk)
    await store.db.updateTable('admins').set({ password_hash: '' }).execute()
    const refused = (await admin('DELETE', `${PASSKEYS}/${id}`)).json()
    expect(refused).toMatchObject({
      type: '/problems/last-way-in',
      detail: expect.stringContaining('choose a password'),
    })
    expect(await passkeysOf(desk)).toHaveLength(1)
    expect((await admin('GET', ACCOUNT)).json()).toMatchObject({ hasPassword: false })
    const newPassword = 'a very much better password'
    expect(await typeOf(admin('PUT', `${ACCOUNT}/password`, { newPassword }))).toBe(200)
    expect(await typeOf(admin('PUT', `${ACCOUNT}/password`, { newPassword }))).toBe('/problems/proof-failed')
    expect(await typeOf(admin('DELETE', `${PASSKEYS}/${id}`))).toBe(200)
  })
})

describe('taking the second step away from somebody', () => {
  test('takes app, codes and passkeys, ends their sessions, and says in the audit what there was', async () => {
    const desk = await passkeyDesk()
    const { admin, app, session, enrol, withPasskey, show, inOtherBrowser, signIn, typeOf } = desk
    await enrol()
    const passkey = await withPasskey()
    const theirs = session()
    const { ada, asEve } = await withEve(desk)
    await asEve()
    const [person] = (await admin('GET', '/api/v1/admins')).json().items
    expect(person).toMatchObject({ hasPassword: true, hasApp: true, passkeys: 1 })
    expect(await typeOf(admin('DELETE', `/api/v1/admins/${ada}/second-factor`))).toBe(204)
    expect((await app.inject({ url: ACCOUNT, headers: theirs })).statusCode).toBe(401)
    const { items } = (await admin('GET', `${CLUSTER}/audit`)).json()
    expect(items[0]).toMatchObject({ target: ADMIN.email, before: { app: 'on', passkeys: '1' } })
    expect(await typeOf(admin('DELETE', `/api/v1/admins/${ada}/second-factor`))).toBe('/problems/second-factor-off')
    inOtherBrowser()
    expect(await typeOf(show(passkey))).toBe('/problems/passkey-refused')
    expect((await signIn()).json()).toMatchObject({ state: 'signed-in' })
  })

  test('leaves a link as the way in where there is no password, and somebody who may do everything', async () => {
    const desk = await passkeyDesk()
    const { admin, withPasskey, store, typeOf, show, inOtherBrowser } = desk
    const passkey = await withPasskey()
    const { ada, asEve, people } = await withEve(desk)
    await asEve()
    const [, eve] = (await admin('GET', '/api/v1/admins')).json().items
    await people.change(ada, { passwordHash: null })
    expect((await admin('GET', '/api/v1/admins')).json().items[0]).toMatchObject({
      state: 'active',
      hasPassword: false,
    })
    await store.db.updateTable('admins').set({ password_hash: '' }).where('id', '=', eve.id).execute()
    expect(await typeOf(admin('DELETE', `/api/v1/admins/${ada}/second-factor`))).toBe('/problems/last-admin')
    inOtherBrowser()
    expect(await typeOf(show(passkey))).toBe(200)
  })
})

test('a link that resets the password leaves the passkeys, which are asked for after it', async () => {
  const desk = await passkeyDesk()
  const { admin, withPasskey, inOtherBrowser, show } = desk
  const passkey = await withPasskey()
  const { ada, asEve } = await withEve(desk)
  await asEve()
  const { code } = (await admin('POST', `/api/v1/admins/${ada}/link`)).json()
  inOtherBrowser()
  const joined = await admin('POST', '/api/v1/join', { code, password: 'a very much better password' })
  expect(joined.json()).toMatchObject({ state: 'second-factor-required', secondSteps: ['passkey'] })
  expect((await admin('DELETE', STEP)).json()).toMatchObject({ state: 'signed-out' })
  expect((await show(passkey)).json()).toMatchObject({ state: 'signed-in' })
})

import { describe, expect, test } from 'vitest'
import { ACCOUNT } from '../../../test/factor-desk.ts'
import { PASSKEYS, PROOF, passkeyDesk, WITH_PASSKEY } from '../../../test/passkey-desk.ts'
import { softwarePasskey } from '../../../test/software-passkey.ts'
import { ADMIN, CLUSTER, FROM_CONSOLE } from '../../../test/world.ts'
import { adminsOf } from '../../adapters/store/admins.ts'

const MINUTE = 60_000
const AUDIT = `${CLUSTER}/audit`
const SESSION = '/api/v1/session'

describe('signing in with a passkey', () => {
  test('takes neither e-mail nor password, and is named in the audit', async () => {
    const { admin, withPasskey, show, inOtherBrowser, audit } = await passkeyDesk()
    const passkey = await withPasskey()
    inOtherBrowser()
    const reply = await show(passkey)
    expect(reply.json()).toMatchObject({ state: 'signed-in', signedInBy: 'passkey', admin: { email: ADMIN.email } })
    const { items } = (await admin('GET', AUDIT)).json()
    expect(items[0]).toMatchObject({ action: 'session.sign-in', actor: ADMIN.email, after: { passkey: 'Laptop' } })
    expect((await audit()).slice(0, 2)).toEqual(['session.sign-in done', 'passkey.add done'])
    expect((await admin('GET', ACCOUNT)).json().passkeys).toMatchObject([
      { name: 'Laptop', isSynced: false, addedAt: expect.any(String), lastUsedAt: expect.any(String) },
    ])
  })

  test('asks for one that is unlocked, and names none before somebody is known', async () => {
    const { withPasskey, asked, inOtherBrowser, signIn } = await passkeyDesk()
    await withPasskey()
    inOtherBrowser()
    expect(await asked()).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [] })
    expect((await signIn()).json()).toMatchObject({ state: 'second-factor-required', secondSteps: ['passkey'] })
    expect((await asked()).allowCredentials).toHaveLength(1)
  })

  test('is refused with another origin or RP id, without PIN, finger or face, or for something else, and the audit says so', async () => {
    const { admin, withPasskey, show, typeOf, inOtherBrowser } = await passkeyDesk()
    const passkey = await withPasskey()
    inOtherBrowser()
    const wrong = [
      { origin: 'https://localhost.example.com' },
      { origin: 'http://localhost:8081' },
      { rpId: 'example.com' },
      { verified: false },
      { type: 'webauthn.create' },
    ]
    for (const told of wrong)
      expect(`${JSON.stringify(told)} ${await typeOf(show(passkey, WITH_PASSKEY, told))}`).toMatch(/passkey-refused$/)
    expect((await admin('GET', SESSION)).json()).toMatchObject({ state: 'signed-out' })
    await show(passkey)
    const { items } = (await admin('GET', AUDIT)).json()
    for (const item of items.slice(1, 6))
      expect(item).toMatchObject({ action: 'session.refused', detail: 'Passkey: its answer does not hold' })
  })

  test('takes an answer once, and by the browser that was asked, within five minutes', async () => {
    const { admin, app, withPasskey, asked, inOtherBrowser, typeOf, pass } = await passkeyDesk()
    const passkey = await withPasskey()
    inOtherBrowser()
    const answer = passkey.answer(await asked())
    expect(await typeOf(admin('POST', WITH_PASSKEY, answer))).toBe(200)
    expect(await typeOf(admin('POST', WITH_PASSKEY, answer))).toBe('/problems/passkey-refused')

    inOtherBrowser()
    const theirs = await asked()
    inOtherBrowser()
    await asked()
    expect(await typeOf(admin('POST', WITH_PASSKEY, passkey.answer(theirs)))).toBe('/problems/passkey-refused')
    inOtherBrowser()
    expect(await typeOf(admin('POST', WITH_PASSKEY, passkey.answer(theirs)))).toBe('/problems/passkey-refused')

    const late = await asked()
    pass(5 * MINUTE)
    expect(await typeOf(admin('POST', WITH_PASSKEY, passkey.answer(late)))).toBe('/problems/passkey-refused')
    expect((await app.inject({ url: ACCOUNT })).statusCode).toBe(401)
  })

  test('of two answers to one question that are sent at once, one is taken', async () => {
    const { admin, withPasskey, asked, inOtherBrowser } = await passkeyDesk()
    const passkey = await withPasskey()
    inOtherBrowser()
    const question = await asked()
    const replies = await Promise.all([1, 2, 3].map(() => admin('POST', WITH_PASSKEY, passkey.answer(question))))
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 403, 403])
  })

  test('is refused when the counter went back, as that of a copy does, and the owner is named in the audit', async () => {
    const { admin, withPasskey, show, typeOf, inOtherBrowser } = await passkeyDesk()
    const passkey = await withPasskey()
    inOtherBrowser()
    expect(await typeOf(show(passkey, WITH_PASSKEY, { counter: 7 }))).toBe(200)
    inOtherBrowser()
    for (const counter of [7, 6, 0])
      expect(await typeOf(show(passkey, WITH_PASSKEY, { counter }))).toBe('/problems/passkey-refused')
    expect(await typeOf(show(passkey, WITH_PASSKEY, { counter: 8 }))).toBe(200)
    const { items } = (await admin('GET', AUDIT)).json()
    expect(items[1]).toMatchObject({ action: 'session.refused', actor: ADMIN.email, outcome: 'refused' })
    expect(items[1].detail).toContain('counter went back')
  })

  test('goes on with a passkey that does not count', async () => {
    const { withPasskey, show, typeOf } = await passkeyDesk()
    const passkey = await withPasskey()
    expect(await typeOf(show(passkey, WITH_PASSKEY, { counter: 0 }))).toBe(200)
    expect(await typeOf(show(passkey, WITH_PASSKEY, { counter: 0 }))).toBe(200)
  })

  test('is refused with one that is not known, was removed, or whose admin is disabled', async () => {
    const { admin, withPasskey, show, typeOf, inOtherBrowser, store, pass } = await passkeyDesk()
    const one = await withPasskey()
    pass(1000)
    const other = await withPasskey()
    const [first] = (await admin('GET', ACCOUNT)).json().passkeys
    expect(await typeOf(admin('DELETE', `${PASSKEYS}/${first.id}`))).toBe(200)
    inOtherBrowser()
    expect(await typeOf(show(one))).toBe('/problems/passkey-refused')
    expect(await typeOf(show(softwarePasskey()))).toBe('/problems/passkey-refused')
    await store.db.updateTable('admins').set({ disabled_at: new Date() }).execute()
    expect(await typeOf(show(other))).toBe('/problems/passkey-refused')
  })

  test('is not there at an address without a name, nor without https but on this machine', async () => {
    const { admin } = await passkeyDesk()
    const at = (host: string) => admin('GET', SESSION, undefined, { host })
    expect((await at('localhost:8080')).json().passkeys).toBe(true)
    expect((await at('127.0.0.1:8080')).json().passkeys).toBe(false)
    const begun = await admin('POST', `${WITH_PASSKEY}/challenge`, {}, { host: '127.0.0.1:8080' })
    expect(begun.json()).toMatchObject({ type: '/problems/no-passkeys-here', status: 409 })
  })
})

describe('the second step', () => {
  test('is owed by whoever has a passkey, and that passkey is enough', async () => {
    const { admin, withPasskey, show, signIn, step, typeOf, inOtherBrowser } = await passkeyDesk()
    const passkey = await withPasskey()
    inOtherBrowser()
    expect((await signIn()).json()).toMatchObject({ state: 'second-factor-required', admin: null })
    expect(await typeOf(admin('GET', ACCOUNT))).toBe('/problems/session-required')
    expect(await typeOf(step('123456'))).toBe('/problems/code-wrong')
    expect((await show(passkey)).json()).toMatchObject({ state: 'signed-in' })
  })

  test('after the password of one, the passkey of another is refused', async () => {
    const { admin, withPasskey, asked, signIn, typeOf, inOtherBrowser, store } = await passkeyDesk()
    await withPasskey()
    const people = adminsOf(store)
    const passwordHash = (await people.findByEmail(ADMIN.email))?.passwordHash ?? null
    await people.create({ email: 'eve@example.com', passwordHash })
    inOtherBrowser()
    await signIn({ ...ADMIN, email: 'eve@example.com' })
    const hers = await withPasskey()
    inOtherBrowser()
    await signIn()
    expect(await typeOf(admin('POST', WITH_PASSKEY, hers.answer(await asked())))).toBe('/problems/passkey-refused')
  })
})

const later = async (ready: Awaited<ReturnType<typeof passkeyDesk>>) => {
  ready.pass(11 * MINUTE)
  expect(await ready.typeOf(ready.admin('POST', `${ACCOUNT}/passkey-challenge`))).toBe('/problems/proof-required')
}

describe('the proof', () => {
  test('by a passkey takes no password, is named in the audit, and leaves the session where it began', async () => {
    const desk = await passkeyDesk()
    const { admin, withPasskey, show, typeOf, session, app } = desk
    const passkey = await withPasskey()
    await later(desk)
    const before = session()
    const reply = await show(passkey, PROOF)
    expect(reply.json()).toMatchObject({ state: 'signed-in', signedInBy: 'password' })
    expect(await typeOf(admin('POST', `${ACCOUNT}/passkey-challenge`))).toBe(200)
    expect((await app.inject({ url: ACCOUNT, headers: before })).statusCode).toBe(401)
    const { items } = (await admin('GET', AUDIT)).json()
    expect(items[0]).toMatchObject({ action: 'session.prove', outcome: 'done', after: { passkey: 'Laptop' } })
  })

  test('takes no answer that was meant for a sign-in, and needs the token of the session', async () => {
    const desk = await passkeyDesk()
    const { admin, app, withPasskey, asked, typeOf, session } = desk
    const passkey = await withPasskey()
    await later(desk)
    expect(await typeOf(admin('POST', PROOF, passkey.answer(await asked(WITH_PASSKEY))))).toBe(
      '/problems/passkey-refused',
    )
    const { cookie } = session()
    const bare = await app.inject({
      method: 'POST',
      url: `${PROOF}/challenge`,
      headers: { ...FROM_CONSOLE, cookie },
      payload: {},
    })
    expect(bare.json().type).toBe('/problems/request-not-from-console')
  })

  test('by the password asks for the second step as well, and counts its guesses', async () => {
    const { admin, enrol, code, pass, typeOf, signIn, step } = await passkeyDesk()
    await enrol()
    pass(MINUTE)
    const prove = (second?: object) =>
      typeOf(admin('POST', '/api/v1/session/proof', { password: ADMIN.password, second }))
    expect(await prove()).toBe('/problems/second-step-required')
    expect(await prove({ method: 'app', code: code() })).toBe(200)
    expect(await prove({ method: 'app', code: code() })).toBe('/problems/code-wrong')
    for (let n = 0; n < 4; n += 1) expect(await prove({ method: 'app', code: '12345' })).toBe('/problems/code-wrong')
    pass(MINUTE)
    expect(await prove({ method: 'app', code: code() })).toBe('/problems/too-many-attempts')
    await signIn()
    expect(await typeOf(step(code()))).toBe('/problems/too-many-attempts')
  })

  test('takes a recovery code, and of who has passkeys alone a passkey', async () => {
    const { admin, enrol, typeOf, withPasskey, inOtherBrowser, show } = await passkeyDesk()
    const [recovery] = (await enrol()).json().recoveryCodes
    const second = { method: 'recovery-code', code: recovery }
    const prove = (body: object) => admin('POST', '/api/v1/session/proof', { password: ADMIN.password, ...body })
    expect(await typeOf(prove({ second }))).toBe(200)
    const passkey = await withPasskey()
    await admin('DELETE', '/api/v1/account/second-factor', { password: ADMIN.password, ...second })
    inOtherBrowser()
    await show(passkey)
    expect((await admin('GET', ACCOUNT)).json().passkeys).toHaveLength(1)
    expect(await typeOf(prove({ second: { ...second, code: 'AAAA' } }))).toBe('/problems/code-wrong')
  })
})

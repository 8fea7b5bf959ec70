import { describe, expect, test } from 'vitest'
import { ACCOUNT, FACTOR, factorDesk, MINUTE, PERIOD, STEP } from '../../../test/factor-desk.ts'
import { ADMIN, CLUSTER, FROM_CONSOLE } from '../../../test/world.ts'
import { adminsOf } from '../../adapters/store/admins.ts'

const SESSION = '/api/v1/session'

describe('signing in with two steps', () => {
  test('the password alone opens nothing but the second step', async () => {
    const { admin, enrol, signIn, typeOf } = await factorDesk()
    await enrol()
    expect((await signIn()).json()).toMatchObject({
      state: 'second-factor-required',
      admin: null,
      csrfToken: null,
      clusters: [],
    })
    expect((await admin('GET', SESSION)).json()).toMatchObject({ state: 'second-factor-required', admin: null })
    for (const url of [ACCOUNT, '/api/v1/clusters', `${CLUSTER}/users`, `${CLUSTER}/audit`, '/api/openapi.json']) {
      expect(`${url} ${await typeOf(admin('GET', url))}`).toBe(`${url} /problems/session-required`)
    }
    expect(await typeOf(admin('POST', FACTOR, { password: ADMIN.password }))).toBe('/problems/session-required')
    expect(await typeOf(admin('DELETE', SESSION))).toBe('/problems/session-required')
  })

  test('the code of the app signs in, under another session id', async () => {
    const { app, admin, enrol, signIn, session, step, code, pass } = await factorDesk()
    await enrol()
    pass(PERIOD)
    await signIn()
    const pending = { ...session() }
    expect((await step(code())).json()).toMatchObject({ state: 'signed-in', admin: { email: ADMIN.email } })
    expect((await admin('GET', ACCOUNT)).statusCode).toBe(200)
    const old = await app.inject({ url: SESSION, headers: { cookie: pending.cookie } })
    expect(old.json()).toMatchObject({ state: 'signed-out' })
  })

  test('B94 a code that was used, is no code, or is of another time is refused; spaces do not count', async () => {
    const { enrol, signIn, step, code, pass, admin, typeOf } = await factorDesk()
    await enrol()
    await signIn()
    const used = code()
    expect(await typeOf(step(used))).toBe('/problems/code-wrong')
    pass(10 * PERIOD)
    await signIn()
    const wide = code().replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
    for (const wrong of [code().slice(1), wide, code(-2)]) {
      expect(`${wrong} ${await typeOf(step(wrong))}`).toBe(`${wrong} /problems/code-wrong`)
    }
    pass(16 * MINUTE)
    await signIn()
    expect(await typeOf(step(code(2)))).toBe('/problems/code-wrong')
    expect(await typeOf(step(`${code().slice(0, 3)} ${code().slice(3)}`))).toBe(200)
    expect((await admin('GET', ACCOUNT)).statusCode).toBe(200)
    await signIn()
    expect(await typeOf(step(code(-1)))).toBe('/problems/code-wrong')
    expect(await typeOf(step(code(1)))).toBe(200)
  })

  test('a code that two send at once lets one in', async () => {
    const { app, enrol, code, pass } = await factorDesk()
    await enrol()
    pass(PERIOD)
    const post = (url: string, payload: object, cookie = '') =>
      app.inject({ method: 'POST', url, headers: { ...FROM_CONSOLE, cookie }, payload })
    const begun = await Promise.all(Array.from({ length: 4 }, () => post(SESSION, ADMIN)))
    const replies = await Promise.all(
      begun.map(({ cookies: [sid] }) => post(STEP, { method: 'app', code: code() }, `${sid?.name}=${sid?.value}`)),
    )
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 403, 403, 403])
  })

  test('a recovery code signs in once, however it is typed', async () => {
    const { admin, enrol, signIn, step, typeOf } = await factorDesk()
    const [first, second]: string[] = (await enrol()).json().recoveryCodes
    await signIn()
    expect(await typeOf(step(first ?? '', 'app'))).toBe('/problems/code-wrong')
    expect(await typeOf(step(`  ${first?.toLowerCase().replaceAll('-', ' ')}`, 'recovery-code'))).toBe(200)
    expect((await admin('GET', ACCOUNT)).json().secondFactor).toMatchObject({ recoveryCodesLeft: 9 })
    await signIn()
    expect(await typeOf(step(first ?? '', 'recovery-code'))).toBe('/problems/code-wrong')
    expect(await typeOf(step(second ?? '', 'recovery-code'))).toBe(200)
  })

  test('five minutes after the password, without one, or when the admin is disabled, it begins again', async () => {
    const { admin, enrol, signIn, step, code, pass, typeOf, store } = await factorDesk()
    await enrol()
    pass(PERIOD)
    await signIn()
    pass(5 * MINUTE)
    expect((await admin('GET', SESSION)).json()).toMatchObject({ state: 'signed-out' })
    expect(await typeOf(step(code()))).toBe('/problems/sign-in-expired')
    await signIn()
    await store.db.updateTable('admins').set({ disabled_at: new Date() }).execute()
    expect(await typeOf(step(code()))).toBe('/problems/sign-in-expired')
  })

  test('whoever gives it up is asked for the password again', async () => {
    const { admin, enrol, signIn, step, code, pass, typeOf } = await factorDesk()
    await enrol()
    pass(PERIOD)
    await signIn()
    expect((await admin('DELETE', STEP)).json()).toMatchObject({ state: 'signed-out' })
    expect(await typeOf(step(code()))).toBe('/problems/sign-in-expired')
  })

  test('a password that changes in between is asked for again, and a link that resets it leads to the code too', async () => {
    const { admin, enrol, signIn, step, code, pass, typeOf, store } = await factorDesk()
    await enrol()
    pass(PERIOD)
    await signIn()
    const people = adminsOf(store)
    const ada = await people.findByEmail(ADMIN.email)
    const link = { code: 'the-code-of-a-link', madeBy: 'bob', expiresAt: new Date(Date.now() + 60 * MINUTE) }
    await people.create({ email: 'bob@example.com', passwordHash: ada?.passwordHash ?? null })
    await people.change(ada?.id ?? '', { passwordHash: null, link })
    expect(await typeOf(step(code()))).toBe('/problems/sign-in-expired')
    const joined = await admin('POST', '/api/v1/join', { code: link.code, password: 'a very much better password' })
    expect(joined.json()).toMatchObject({ state: 'second-factor-required', admin: null })
    expect(await typeOf(admin('GET', ACCOUNT))).toBe('/problems/session-required')
    expect(await typeOf(step(code()))).toBe(200)
  })

  test('who guesses codes has to wait, and the right one does not help meanwhile', async () => {
    const { enrol, signIn, step, code, pass, typeOf } = await factorDesk()
    await enrol()
    pass(10 * PERIOD)
    await signIn()
    for (let n = 0; n < 5; n += 1) expect(await typeOf(step('12345'))).toBe('/problems/code-wrong')
    expect(await typeOf(step(code()))).toBe('/problems/too-many-attempts')
    await signIn()
    expect(await typeOf(step(code()))).toBe('/problems/too-many-attempts')
    pass(15 * MINUTE + 1)
    await signIn()
    expect(await typeOf(step(code()))).toBe(200)
  })
})

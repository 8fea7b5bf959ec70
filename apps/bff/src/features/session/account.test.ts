import { describe, expect, test } from 'vitest'
import { ACCOUNT, codeAt, FACTOR, factorDesk, MINUTE, PERIOD } from '../../../test/factor-desk.ts'
import { keptLog } from '../../../test/log.ts'
import { ADMIN } from '../../../test/world.ts'
import { adminsOf } from '../../adapters/store/admins.ts'

const CODES = '/api/v1/account/recovery-codes'
const PASSWORD = '/api/v1/account/password'

describe('turning two-step sign-in on', () => {
  test('counts only when a code of the app came back, and then gives ten recovery codes once', async () => {
    const { admin, signIn, enrol, seed } = await factorDesk()
    expect((await admin('GET', ACCOUNT)).json()).toMatchObject({ email: ADMIN.email, secondFactor: null, passkeys: [] })
    const begun = await admin('POST', FACTOR, { password: ADMIN.password })
    expect(begun.statusCode).toBe(201)
    expect(begun.headers['cache-control']).toBe('no-store')
    const { seed: shown, address, picture } = begun.json()
    expect(shown).toMatch(/^[A-Z2-7]{32}$/)
    expect(address).toBe(
      `otpauth://totp/Ostor%20Console:admin%40example.com?issuer=Ostor%20Console&secret=${shown}&algorithm=SHA1&digits=6&period=30`,
    )
    expect(picture).toContain('<svg')
    expect((await signIn()).json()).toMatchObject({ state: 'signed-in' })

    const reply = await enrol()
    expect(reply.statusCode).toBe(200)
    const { recoveryCodes, session } = reply.json()
    expect(session).toMatchObject({ state: 'signed-in', csrfToken: expect.any(String) })
    expect(new Set(recoveryCodes).size).toBe(10)
    for (const each of recoveryCodes) expect(each).toMatch(/^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/)
    const account = await admin('GET', ACCOUNT)
    expect(account.json().secondFactor).toEqual({ enrolledAt: expect.any(String), recoveryCodesLeft: 10 })
    expect(account.body).not.toContain(seed())
  })

  test('needs the password, a code that is right, and no more than ten minutes', async () => {
    const { admin, typeOf, pass } = await factorDesk()
    expect(await typeOf(admin('POST', FACTOR, { password: 'not the password at all' }))).toBe('/problems/proof-failed')
    expect(await typeOf(admin('PUT', FACTOR, { code: '000000' }))).toBe('/problems/enrolment-over')
    const { seed } = (await admin('POST', FACTOR, { password: ADMIN.password })).json()
    expect(await typeOf(admin('PUT', FACTOR, { code: '12345' }))).toBe('/problems/code-wrong')
    pass(10 * MINUTE)
    const { seed: second } = (await admin('POST', FACTOR, { password: ADMIN.password })).json()
    expect(second).not.toBe(seed)
    pass(10 * MINUTE)
    expect(await typeOf(admin('PUT', FACTOR, { code: codeAt(second, Date.now() + 20 * MINUTE) }))).toBe(
      '/problems/enrolment-over',
    )
    expect((await admin('GET', ACCOUNT)).json().secondFactor).toBeNull()
  })

  test('ends the sessions elsewhere, and gives this one another id', async () => {
    const { app, admin, signIn, session, enrol } = await factorDesk()
    const elsewhere = { ...session() }
    await signIn()
    const before = { ...session() }
    await enrol()
    for (const { cookie } of [elsewhere, before]) {
      expect((await app.inject({ url: ACCOUNT, headers: { cookie } })).statusCode).toBe(401)
    }
    expect((await admin('GET', ACCOUNT)).statusCode).toBe(200)
  })

  test('is refused where it is on, and what needs it where it is off', async () => {
    const { admin, enrol, typeOf, code } = await factorDesk()
    const both = { password: ADMIN.password, method: 'app', code: '123456' }
    expect(await typeOf(admin('DELETE', FACTOR, both))).toBe('/problems/second-factor-off')
    expect(await typeOf(admin('POST', CODES, both))).toBe('/problems/second-factor-off')
    await enrol()
    expect(await typeOf(admin('POST', FACTOR, { password: ADMIN.password }))).toBe('/problems/second-factor-on')
    expect(await typeOf(admin('PUT', FACTOR, { code: code() }))).toBe('/problems/enrolment-over')
  })
})

describe('turning it off, and new recovery codes', () => {
  test('need the password and a code', async () => {
    const { admin, enrol, code, pass, typeOf, signIn } = await factorDesk()
    const [old]: string[] = (await enrol()).json().recoveryCodes
    pass(PERIOD)
    for (const method of ['DELETE', 'POST'] as const) {
      const url = method === 'POST' ? CODES : FACTOR
      const wrong = { password: 'x', method: 'app', code: code() }
      expect(await typeOf(admin(method, url, wrong))).toBe('/problems/proof-failed')
      expect(await typeOf(admin(method, url, { ...wrong, password: ADMIN.password, code: '12345' }))).toBe(
        '/problems/code-wrong',
      )
    }
    const renewed = await admin('POST', CODES, { password: ADMIN.password, method: 'app', code: code() })
    expect(renewed.json().recoveryCodes).toHaveLength(10)
    const off = { password: ADMIN.password, method: 'recovery-code' }
    expect(await typeOf(admin('DELETE', FACTOR, { ...off, code: old }))).toBe('/problems/code-wrong')
    const [fresh] = renewed.json().recoveryCodes
    expect((await admin('DELETE', FACTOR, { ...off, code: fresh })).json()).toMatchObject({ state: 'signed-in' })
    expect((await signIn()).json()).toMatchObject({ state: 'signed-in' })
  })
})

test('an admin turns it off for somebody else, whose sessions end, and not for themselves', async () => {
  const { app, admin, enrol, session, inOtherBrowser, signIn, store, typeOf } = await factorDesk()
  await enrol()
  const theirs = { ...session() }
  const people = adminsOf(store)
  const ada = await people.findByEmail(ADMIN.email)
  const url = `/api/v1/admins/${ada?.id}/second-factor`
  expect(await typeOf(admin('DELETE', url))).toBe('/problems/not-allowed')
  await people.create({ email: 'bob@example.com', passwordHash: ada?.passwordHash ?? null })
  await people.create({ email: 'eve@example.com', passwordHash: ada?.passwordHash ?? null, role: 'operator' })
  inOtherBrowser()
  await signIn({ ...ADMIN, email: 'eve@example.com' })
  expect(await typeOf(admin('DELETE', url))).toBe('/problems/not-allowed')
  await signIn({ ...ADMIN, email: 'bob@example.com' })
  expect(await typeOf(admin('DELETE', url))).toBe(204)
  expect(await typeOf(admin('DELETE', url))).toBe('/problems/second-factor-off')
  expect((await app.inject({ url: ACCOUNT, headers: { cookie: theirs.cookie } })).statusCode).toBe(401)
  expect((await signIn()).json()).toMatchObject({ state: 'signed-in' })
})

describe('changing the password', () => {
  test('needs the old one, ends the sessions elsewhere and keeps this one', async () => {
    const { app, admin, signIn, session, typeOf } = await factorDesk()
    const elsewhere = { ...session() }
    await signIn()
    const newPassword = 'a very much better password'
    expect(await typeOf(admin('PUT', PASSWORD, { password: 'x', newPassword }))).toBe('/problems/proof-failed')
    expect(await typeOf(admin('PUT', PASSWORD, { password: ADMIN.password, newPassword: 'short' }))).toBe(
      '/problems/request-invalid',
    )
    await admin('PUT', PASSWORD, { password: ADMIN.password, newPassword })
    expect((await admin('GET', ACCOUNT)).statusCode).toBe(200)
    expect((await app.inject({ url: ACCOUNT, headers: { cookie: elsewhere.cookie } })).statusCode).toBe(401)
    expect((await signIn()).statusCode).toBe(401)
    expect((await signIn({ ...ADMIN, password: newPassword })).statusCode).toBe(200)
  })
})

test('the audit tells all of it, and no secret is in the log, the store or the audit', async () => {
  const log = keptLog()
  const { admin, enrol, code, pass, step, signIn, audit, seed, store } = await factorDesk({
    parts: { logger: log.logger },
  })
  const { recoveryCodes } = (await enrol()).json()
  const [recovery] = recoveryCodes
  await signIn()
  await step('12345')
  await step(recovery, 'recovery-code')
  pass(PERIOD)
  await admin('POST', CODES, { password: ADMIN.password, method: 'app', code: code() })
  pass(PERIOD)
  const last = code()
  await admin('DELETE', FACTOR, { password: ADMIN.password, method: 'app', code: last })
  expect(await audit()).toEqual([
    'second-factor.remove done',
    'second-factor.recovery-codes done',
    'session.sign-in done',
    'second-factor.recovery-used done',
    'second-factor.refused refused',
    'session.password done',
    'second-factor.enrol done',
    'session.sign-in done',
  ])
  await enrol()
  const rows = JSON.stringify(
    await Promise.all(
      (['second_factors', 'second_factor_enrolments', 'recovery_codes', 'sessions', 'audit', 'settings'] as const).map(
        (table) => store.db.selectFrom(table).selectAll().execute(),
      ),
    ),
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  )
  expect(rows).toContain('second-factor.enrol')
  for (const secret of [seed(), recovery, recovery.replaceAll('-', ''), ADMIN.password]) {
    expect(log.text()).not.toContain(secret)
    expect(rows).not.toContain(secret)
  }
})

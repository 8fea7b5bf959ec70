import { describe, expect, test } from 'vitest'
import { ADMIN, CLUSTER, world } from '../../../test/world.ts'
import { createSetup } from './setup.ts'

const SESSION = '/api/v1/session'
const SETUP = '/api/v1/setup'
const FIRST = { email: 'first@example.com', password: 'a long enough password' }

const auditOf = async (admin: Awaited<ReturnType<typeof world>>['admin']) =>
  (await admin('GET', `${CLUSTER}/audit`))
    .json()
    .items.map(({ actor, action, outcome }: Record<string, string>) => `${actor} ${action} ${outcome}`)

describe('signing in', () => {
  test('answers who it is and the token for writes', async () => {
    const { signIn, admin } = await world({ signedIn: false })
    expect((await admin('GET', SESSION)).json()).toMatchObject({
      state: 'signed-out',
      admin: null,
      csrfToken: null,
      clusters: [],
      demo: null,
    })
    const reply = (await signIn()).json()
    expect(reply).toMatchObject({ state: 'signed-in', admin: { email: ADMIN.email }, csrfToken: expect.any(String) })
    expect((await admin('GET', SESSION)).json()).toMatchObject({ state: 'signed-in', admin: { email: ADMIN.email } })
  })

  test('takes the e-mail in any letter case and the password exactly', async () => {
    const { signIn } = await world({ signedIn: false })
    expect((await signIn({ ...ADMIN, email: 'ADMIN@Example.com' })).statusCode).toBe(200)
    for (const password of [`${ADMIN.password} `, ADMIN.password.toUpperCase(), `${ADMIN.password}\0`]) {
      expect((await signIn({ ...ADMIN, password })).statusCode).toBe(401)
    }
  })

  test('says the same for a wrong password and for an e-mail that is nobody’s', async () => {
    const { signIn } = await world({ signedIn: false })
    const wrong = (await signIn({ ...ADMIN, password: 'x' })).json()
    const nobody = (await signIn({ ...ADMIN, email: 'nobody@example.com' })).json()
    expect({ ...wrong, instance: '' }).toEqual({ ...nobody, instance: '' })
    expect(wrong.type).toBe('/problems/sign-in-failed')
  })

  test('B93 a password of 1 MB is refused before it is read', async () => {
    const { signIn } = await world({ signedIn: false })
    expect((await signIn({ ...ADMIN, password: 'x'.repeat(1024 * 1024) })).statusCode).toBe(413)
  })

  test('names the fields that are wrong, and repeats no value', async () => {
    const { admin } = await world({ signedIn: false })
    const reply = await admin('POST', SESSION, { email: '', password: 5, canary: 'canary-value', __a: 1 })
    expect(reply.json().type).toBe('/problems/request-invalid')
    expect(reply.json().errors).toMatchObject([
      { pointer: '/body/email', code: 'too_small' },
      { pointer: '/body/password', code: 'invalid_type' },
      { pointer: '/body/canary', code: 'unknown_field' },
      { pointer: '/body/__a', code: 'unknown_field' },
    ])
    expect(reply.body).not.toContain('canary-value')
  })

  test('too often from one address has to wait, which locks out nobody else', async () => {
    const { app, admin, signIn } = await world({ signedIn: false })
    for (let times = 0; times < 10; times += 1) await signIn({ ...ADMIN, password: 'x' })
    const refused = await signIn()
    expect(refused.statusCode).toBe(429)
    expect(refused.json()).toMatchObject({ type: '/problems/too-many-attempts', retryAfterSeconds: expect.any(Number) })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    const headers = { 'sec-fetch-site': 'same-origin', 'x-requested-by': 'console', 'content-type': 'application/json' }
    const elsewhere = { method: 'POST', url: SESSION, headers, payload: ADMIN, remoteAddress: '10.0.0.2' } as const
    expect((await app.inject(elsewhere)).statusCode).toBe(200)
    expect((await admin('GET', SESSION)).statusCode).toBe(200)
  })

  test('that is not looked at any more is written down once', async () => {
    const { store, signIn } = await world({ signedIn: false })
    for (let times = 0; times < 13; times += 1) await signIn({ ...ADMIN, password: 'x' })
    const rows = await store.db
      .selectFrom('audit')
      .select(['actor', 'detail'])
      .where('detail', 'is not', null)
      .execute()
    expect(rows).toEqual([{ actor: ADMIN.email, detail: 'Too many attempts, without a look at the password' }])
  })

  test('from one address is limited whatever the account', async () => {
    const { signIn } = await world({ signedIn: false })
    const codes: number[] = []
    for (let n = 0; n < 61; n += 1) codes.push((await signIn({ email: `${n}@example.com`, password: 'x' })).statusCode)
    expect(codes.slice(0, 60).every((code) => code === 401)).toBe(true)
    expect(codes[60]).toBe(429)
  })

  test('and refusals and signing out are written down', async () => {
    const { signIn, admin } = await world({ signedIn: false })
    await signIn({ ...ADMIN, password: 'x' })
    await signIn({ email: 'a password in the wrong box', password: 'x' })
    await signIn()
    await admin('DELETE', SESSION)
    await signIn()
    expect(await auditOf(admin)).toEqual([
      `${ADMIN.email} session.sign-in done`,
      `${ADMIN.email} session.sign-out done`,
      `${ADMIN.email} session.sign-in done`,
      'nobody session.refused refused',
      `${ADMIN.email} session.refused refused`,
    ])
  })

  test('is refused when it cannot be written down', async () => {
    const { store, signIn } = await world({ signedIn: false })
    await store.db.schema.dropTable('audit').execute()
    const reply = await signIn()
    expect(reply.statusCode).toBe(503)
    expect(reply.json().type).toBe('/problems/store-unavailable')
    expect(reply.cookies).toEqual([])
  })
})

const unset = async () => {
  const built = await world({ signedIn: false, admin: false })
  const { code } = built.setup
  return { ...built, setUp: (given: object) => built.admin('POST', SETUP, { code, ...FIRST, ...given }) }
}

describe('the first admin', () => {
  test('is made once, by who holds the code, and is signed in with it', async () => {
    const { admin, setUp, inOtherBrowser } = await unset()
    expect((await admin('GET', SESSION)).json().state).toBe('setup-required')
    const made = await setUp({})
    expect(made.json()).toMatchObject({ state: 'signed-in', admin: { email: FIRST.email } })
    expect(made.cookies[0]?.name).toBe('sid')
    inOtherBrowser()
    const again = await setUp({ email: 'second@example.com' })
    expect(again.json().type).toBe('/problems/setup-done')
    expect((await admin('GET', SESSION)).json().state).toBe('signed-out')
  })

  test('is not made without the code, nor with a short password', async () => {
    const { admin, setUp } = await unset()
    expect((await setUp({ code: 'wrong' })).json().type).toBe('/problems/setup-code-wrong')
    const short = (await setUp({ password: 'fourteen chars' })).json()
    expect(short.errors).toMatchObject([{ pointer: '/body/password', detail: 'must have at least 15 characters' }])
    expect((await admin('GET', SESSION)).json().state).toBe('setup-required')
  })

  test('is one, though two ask at once', async () => {
    const { setUp, store } = await unset()
    const replies = await Promise.all([setUp({}), setUp({ email: 'second@example.com' })])
    expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 409]))
    expect(await store.db.selectFrom('admins').select('email').execute()).toHaveLength(1)
  })

  test('needs a code that cannot be guessed', () => {
    const { code } = createSetup({ count: async () => 0 })
    expect(code).toMatch(/^[\w-]{24}$/)
  })
})

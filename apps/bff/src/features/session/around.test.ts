import { describe, expect, test } from 'vitest'
import { ACCOUNT } from '../../../test/factor-desk.ts'
import { keptLog } from '../../../test/log.ts'
import { withProvider } from '../../../test/oidc-world.ts'
import { PASSKEYS, PROOF, passkeyDesk } from '../../../test/passkey-desk.ts'
import { softwarePasskey } from '../../../test/software-passkey.ts'
import { kindOf, tokenDesk } from '../../../test/token-desk.ts'
import { ADMIN, CLUSTER, FROM_CONSOLE } from '../../../test/world.ts'
import { adminsOf } from '../../adapters/store/admins.ts'
import { apiTokensOf } from '../../adapters/store/api-tokens.ts'
import { sessionStore } from '../../adapters/store/sessions.ts'

// Ways around a proof, a provider or the end of all sessions that were open once.

const MINUTE = 60_000
const NEW = 'violet harbor kettle 93 moss'

const cookieIn = (headers: Record<string, string>, name: string): string =>
  headers['cookie']?.split('; ').find((each) => each.startsWith(`${name}=`)) ?? ''

describe('the proof of an admin', () => {
  test('is none by the passkey of somebody else, whose browser asked for the challenge', async () => {
    const { app, store, session, inOtherBrowser, signIn, withPasskey, asked, pass } = await passkeyDesk()
    const people = adminsOf(store)
    const { passwordHash = null } = (await people.findByEmail(ADMIN.email)) ?? {}
    await people.create({ email: 'eve@example.com', role: 'viewer', passwordHash })
    await signIn()
    pass(11 * MINUTE)
    const victim = session()
    inOtherBrowser()
    await signIn({ ...ADMIN, email: 'eve@example.com' })
    const hers = await withPasskey()
    const answer = hers.answer(await asked(PROOF))
    const cookie = `${cookieIn(victim, 'sid')}; ${cookieIn(session(), 'passkey')}`
    const reply = await app.inject({
      method: 'POST',
      url: PROOF,
      headers: { ...FROM_CONSOLE, ...victim, cookie, 'content-type': 'application/json' },
      payload: JSON.stringify(answer),
    })
    expect(reply.json().type).toBe('/problems/passkey-refused')
    const rows = await store.db.selectFrom('audit').select(['actor', 'action', 'outcome']).orderBy('seq').execute()
    expect(rows.at(-1)).toEqual({ actor: 'eve@example.com', action: 'session.prove', outcome: 'refused' })
  })

  test('is not had by choosing a password, or another second step, with the password alone', async () => {
    const { admin, enrol, pass, typeOf } = await passkeyDesk()
    await enrol()
    pass(11 * MINUTE)
    const change = () => admin('PUT', `${ACCOUNT}/password`, { password: ADMIN.password, newPassword: NEW })
    expect(await typeOf(change())).toBe('/problems/proof-required')
    expect(await typeOf(admin('POST', `${ACCOUNT}/passkey-challenge`))).toBe('/problems/proof-required')
  })

  test('is not had by an app of somebody who found the page open, where a passkey is the second step', async () => {
    const { admin, pass, typeOf, withPasskey } = await passkeyDesk()
    await withPasskey()
    pass(11 * MINUTE)
    const enrolment = admin('POST', `${ACCOUNT}/second-factor`, { password: ADMIN.password })
    expect(await typeOf(enrolment)).toBe('/problems/proof-required')
  })

  test('is no younger because the password was changed', async () => {
    const { admin, pass, typeOf } = await passkeyDesk()
    pass(9 * MINUTE)
    await admin('PUT', `${ACCOUNT}/password`, { password: ADMIN.password, newPassword: NEW })
    pass(2 * MINUTE)
    expect(await typeOf(admin('POST', `${ACCOUNT}/passkey-challenge`))).toBe('/problems/proof-required')
  })
})

test.each(['android-key', 'android-safetynet', 'apple', 'tpm', 'fido-u2f'])(
  'a passkey whose maker is attested as %s is refused before anything in it is looked up',
  async (format) => {
    const log = keptLog()
    const { admin, offered } = await passkeyDesk({ parts: { logger: log.logger } })
    const reply = await admin('POST', PASSKEYS, softwarePasskey().make(await offered(), 'Laptop', { format }))
    expect(reply.json()).toMatchObject({ type: '/problems/passkey-refused' })
    // The library has words of its own for what it looked into.
    expect(log.lines().filter(({ msg }) => msg === 'passkey refused')).toMatchObject([
      { why: 'an attestation that was not asked for' },
    ])
  },
)

test('whoever comes from the provider gets no password here, however they proved who they are', async () => {
  const { app, sso } = await withProvider()
  const { reply } = await sso('ben', '?again=yes')
  const host = { host: '127.0.0.1' }
  const cookie = `sid=${reply.cookies.find(({ name }) => name === 'sid')?.value}`
  const session = (await app.inject({ url: '/api/v1/session', headers: { ...host, cookie } })).json()
  const changed = await app.inject({
    method: 'PUT',
    url: `${ACCOUNT}/password`,
    headers: {
      ...FROM_CONSOLE,
      ...host,
      cookie,
      'x-csrf-token': session.csrfToken,
      'content-type': 'application/json',
    },
    payload: JSON.stringify({ newPassword: NEW }),
  })
  expect(changed.json().type).toBe('/problems/signs-in-elsewhere')
})

test('a sign-in that read the password before all sessions ended is none afterwards', async () => {
  const { store } = await passkeyDesk()
  const sessions = sessionStore(store)
  const admin = await adminsOf(store).findByEmail(ADMIN.email)
  const begins = (id: string, generation: number) =>
    new Promise<void>((resolve, reject) => {
      const { id: adminId = '', email = '', role = 'admin' } = admin ?? {}
      const session = { admin: { id: adminId, email, role }, startedAt: Date.now(), generation, cookie: {} }
      sessions.set(id, session as never, (error: unknown) => (error ? reject(error) : resolve()))
    })
  const isOpen = (id: string) =>
    new Promise((resolve, reject) => {
      sessions.get(id, (error: unknown, found?: unknown) => (error ? reject(error) : resolve(Boolean(found))))
    })
  const before = admin?.generation ?? 0
  const after = await sessions.endAllOf(admin?.id ?? '')
  await begins('late', before)
  await begins('new', after)
  expect([await isOpen('late'), await isOpen('new')]).toEqual([false, true])
})

test('no field of a body says what somebody is', async () => {
  const { admin } = await passkeyDesk()
  const asked: [string, 'POST' | 'PUT', object][] = [
    ['/api/v1/join', 'POST', { code: 'x', password: NEW }],
    ['/api/v1/setup', 'POST', { code: 'x', email: 'eve@example.com', password: NEW }],
    ['/api/v1/session', 'POST', ADMIN],
    [`${ACCOUNT}/password`, 'PUT', { password: ADMIN.password, newPassword: NEW }],
  ]
  for (const [url, method, body] of asked)
    for (const field of [{ role: 'admin' }, { id: 'a' }, { limitedTo: null }])
      expect(`${url} ${(await admin(method, url, { ...body, ...field })).json().type}`).toBe(
        `${url} /problems/request-invalid`,
      )
})

describe('an API token ends, and the audit names it,', () => {
  test('when its owner is reset', async () => {
    const { admin, make, ask, joins, inOtherBrowser, signIn, store } = await tokenDesk()
    const id = await joins('eve@example.com', 'operator')
    const { secret } = await make(['user.list'])
    inOtherBrowser()
    await signIn()
    expect((await admin('POST', `/api/v1/admins/${id}/link`)).statusCode).toBe(201)
    expect(kindOf(await ask(secret, 'GET', `${CLUSTER}/users`))).toBe('token-revoked')
    const rows = await store.db.selectFrom('audit').selectAll().where('action', '=', 'admin.reset').execute()
    expect(rows).toMatchObject([{ target: 'eve@example.com', after: expect.stringContaining('script 1') }])
  })

  test('when the provider gives its owner no role any more', async () => {
    const { sso, sessionOf, store, idp } = await withProvider()
    const { admin } = await sessionOf(await sso('ben'))
    const token = { id: 'x', adminId: admin.id, name: 'nightly', hint: 'ostor_abcd' }
    const expiresAt = new Date(Date.now() + 60 * MINUTE)
    await apiTokensOf(store).create({ ...token, verbs: ['user.list'], addresses: [], expiresAt })
    idp.setGroups('ben', [])
    await sso('ben')
    expect((await apiTokensOf(store).find('x'))?.revokedAt).toBeInstanceOf(Date)
    const rows = await store.db.selectFrom('audit').selectAll().where('action', '=', 'token.revoke').execute()
    expect(rows).toMatchObject([{ actor: 'console', target: `${admin.email} (token nightly)` }])
  })
})

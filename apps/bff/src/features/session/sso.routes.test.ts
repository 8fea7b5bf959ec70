import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { keptLog } from '../../../test/log.ts'
import { providerVisitor } from '../../../test/oidc-browser.ts'
import { CLIENT } from '../../../test/oidc-provider.ts'
import { auditOf, problemOf, START, withProvider } from '../../../test/oidc-world.ts'
import { ADMIN } from '../../../test/world.ts'
import { adminsOf } from '../../adapters/store/admins.ts'

describe('single sign-on', () => {
  test('signs in with the role of the groups, makes the admin once, and goes on where somebody was', async () => {
    const built = await withProvider()
    const done = await built.sso('ada', '?returnTo=/c/demo/users?page=2')
    expect(done.reply.statusCode).toBe(200)
    expect(done.reply.body).toContain('http-equiv="refresh" content="0;url=/c/demo/users?page=2"')
    const first = await built.sessionOf(done)
    expect(first).toMatchObject({
      state: 'signed-in',
      signedInBy: 'single-sign-on',
      admin: { email: 'ada@example.com', role: 'admin' },
    })
    const second = await built.sessionOf(await built.sso('ada'))
    expect(second.admin).toEqual(first.admin)
    expect(await auditOf(built)).toEqual([
      'ada@example.com admin.create done',
      'ada@example.com session.sign-in done',
      'ada@example.com session.sign-in done',
    ])
    expect((await built.signIn({ email: 'ada@example.com', password: '' })).statusCode).toBe(400)
    expect((await built.signIn({ email: 'ada@example.com', password: 'x' })).statusCode).toBe(401)
  })

  test('reads groups from the ID token where the provider puts them there', async () => {
    const { sso, sessionOf } = await withProvider({ inToken: true })
    expect((await sessionOf(await sso('ben'))).admin).toMatchObject({ email: 'ben@example.com', role: 'operator' })
  })

  test('asks with PKCE, state and nonce, and leaves a cookie for five minutes and nothing in the store', async () => {
    const { begin, store } = await withProvider()
    const { reply, address } = await begin()
    const asked = Object.fromEntries(new URL(address).searchParams)
    expect(asked).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', client_id: CLIENT.id })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[\w-]{43}$/)
    expect(reply.cookies).toMatchObject([{ name: 'login', sameSite: 'Lax', httpOnly: true, maxAge: 300, path: '/' }])
    const held = JSON.parse(Buffer.from(reply.cookies[0]?.value.split('.')[0] ?? '', 'base64url').toString())
    expect(Object.keys(held).toSorted()).toEqual(['again', 'reference', 'returnTo', 'until'])
    for (const value of Object.values(asked)) expect(JSON.stringify(held)).not.toContain(value)
    expect(await store.db.selectFrom('used_sign_ins').selectAll().execute()).toEqual([])
    expect(await store.db.selectFrom('sessions').selectAll().execute()).toEqual([])
  })

  test('with https has a cookie that no other host can set, and refuses what came as http', async () => {
    const config = { publicUrl: new URL('https://console.example'), trustProxy: ['127.0.0.1'] }
    const { app } = await withProvider({ config })
    const ask = (protocol: string) =>
      app.inject({ url: START, headers: { host: 'console.example', 'x-forwarded-proto': protocol } })
    const reply = await ask('https')
    expect(reply.cookies).toMatchObject([{ name: '__Host-login', secure: true, path: '/', sameSite: 'Lax' }])
    expect(reply.cookies[0]?.domain).toBeUndefined()
    expect(reply.headers.location).toContain(encodeURIComponent('https://console.example/api/v1/session/oidc/callback'))
    expect((await ask('http')).json().type).toBe('/problems/request-not-from-console')
  })

  test('goes on nowhere but to a page of ours, whose address stays text', async () => {
    const { sso } = await withProvider()
    const led: Record<string, string | undefined> = {}
    for (const path of [
      '//evil.example',
      'https://evil.example/',
      '/\\evil.example',
      '/a/..//evil.example',
      '/"><a>',
    ]) {
      const { reply } = await sso('ben', `?returnTo=${encodeURIComponent(path)}`)
      led[path] = /content="0;url=([^"]*)">/.exec(reply.body)?.[1]
    }
    expect(Object.values(led)).toEqual(['/', '/', '/', '/', '/&#34;&#62;&#60;a&#62;'])
  })

  test('shows why nobody came in, and writes it down', async () => {
    const built = await withProvider()
    expect(problemOf(await built.sso(null))).toBe('denied')
    expect(problemOf(await built.sso('eve'))).toBe('no-role')
    expect(problemOf(await built.sso('nobody-at-all'))).toBe('no-role')
    expect(await auditOf(built)).toEqual([
      'nobody session.refused refused Single sign-on: the provider says that it was cancelled or refused',
      'eve@example.com session.refused refused Single sign-on: in no group that has a role here',
      'nobody-at-all@example.com session.refused refused Single sign-on: in no group that has a role here',
    ])
  })
})

describe('who came in by single sign-on', () => {
  test('is never a local admin who has the same e-mail', async () => {
    const { sso, sessionOf, idp, store, signIn } = await withProvider()
    const login = ADMIN.email.split('@')[0] ?? ''
    idp.setGroups(login, ['support'])
    const { admin } = await sessionOf(await sso(login))
    expect(admin).toMatchObject({ email: `${ADMIN.email} (Example Login)`, role: 'operator' })
    expect(await store.db.selectFrom('admins').select('email').orderBy('created_at').execute()).toHaveLength(2)
    expect((await signIn()).json().admin).toMatchObject({ email: ADMIN.email, role: 'admin' })
  })

  test('has the role of today, and a change of it ends what was open', async () => {
    const built = await withProvider()
    const before = await built.sso('ada')
    built.idp.setGroups('ada', ['support'])
    const after = await built.sso('ada')
    expect((await built.sessionOf(after)).admin.role).toBe('operator')
    expect((await built.sessionOf(before)).state).toBe('signed-out')
    expect((await auditOf(built)).at(-2)).toBe('ada@example.com admin.role done')
    built.idp.setGroups('ada', [])
    expect(problemOf(await built.sso('ada'))).toBe('no-role')
    expect((await built.sessionOf(after)).state).toBe('signed-out')
  })

  test('is no invited person on the people page', async () => {
    const { sso, signIn, admin } = await withProvider()
    await sso('ben')
    await signIn()
    const people = (await admin('GET', '/api/v1/admins')).json().items
    expect(people).toMatchObject([
      { email: ADMIN.email, bySingleSignOn: false, state: 'active' },
      { email: 'ben@example.com', bySingleSignOn: true, state: 'active', role: 'operator', sessions: 1 },
    ])
    // A password of their own would outlive their groups at the provider.
    const reset = await admin('POST', `/api/v1/admins/${people[1].id}/link`, {})
    expect(reset.json().type).toBe('/problems/signs-in-elsewhere')
  })

  test('stays out when disabled, and is not made anew', async () => {
    const built = await withProvider()
    const { admin } = await built.sessionOf(await built.sso('ben'))
    await adminsOf(built.store).change(admin.id, { enabled: false })
    expect(problemOf(await built.sso('ben'))).toBe('disabled')
    expect(await built.store.db.selectFrom('admins').select('id').execute()).toHaveLength(2)
  })

  test('proves it in a session that takes the place of the one before, as the same person', async () => {
    const { sso, sessionOf, get } = await withProvider()
    const first = await sso('ada')
    const sid = `sid=${first.reply.cookies.find(({ name }) => name === 'sid')?.value}`
    expect(problemOf(await sso('ben', '?again=yes', sid))).toBe('somebody-else')
    expect(await sessionOf(first)).toMatchObject({ state: 'signed-in' })
    const proved = await sso('ada', '?again=yes', sid)
    expect(await sessionOf(first)).toMatchObject({ state: 'signed-out' })
    expect(await sessionOf(proved)).toMatchObject({ state: 'signed-in', signedInBy: 'single-sign-on' })
    const own = (
      await get('/api/v1/session/all', `sid=${proved.reply.cookies.find(({ name }) => name === 'sid')?.value}`)
    ).json()
    expect(own.items).toHaveLength(1)
  })

  test('has proved who they are only when the provider asked just now', async () => {
    const { begin, sso, sessionOf, idp } = await withProvider()
    expect(Date.parse((await sessionOf(await sso('ada'))).provedUntil)).toBeLessThan(Date.now())
    expect(new URL((await begin('?again=yes')).address).searchParams.get('max_age')).toBe('0')
    expect(Date.parse((await sessionOf(await sso('ada', '?again=yes'))).provedUntil)).toBeGreaterThan(Date.now())
    idp.tamper(({ claims }) => ({ claims: { ...claims, auth_time: Math.floor(Date.now() / 1000) - 3600 } }))
    expect(problemOf(await sso('ada', '?again=yes'))).toBe('failed')
    idp.tamper(({ claims }) => ({ claims: { ...claims, auth_time: undefined } }))
    expect(problemOf(await sso('ada', '?again=yes'))).toBe('failed')
  })
})

describe('without a provider', () => {
  test('that answers, nobody but the local admins come in, and when it is back all do', async () => {
    const { idp, begin, get, sso, signIn } = await withProvider()
    await idp.stop()
    expect(problemOf(await begin())).toBe('unreachable')
    expect((await get('/api/v1/session')).json()).toMatchObject({ state: 'signed-out', sso: { name: 'Example Login' } })
    expect((await signIn()).statusCode).toBe(200)
    await idp.start()
    expect((await sso('ada')).reply.statusCode).toBe(200)
  })

  test('in the middle of a sign-in it is refused and written down', async () => {
    const built = await withProvider()
    const { address, cookie } = await built.begin()
    const returned = await providerVisitor()(address, 'ada')
    await built.idp.stop()
    expect(problemOf({ reply: await built.back(returned, cookie) })).toBe('unreachable')
    expect(await auditOf(built)).toEqual([
      'nobody session.refused refused Single sign-on: the provider does not answer',
    ])
  })

  test('that is set up there is no such sign-in', async () => {
    const { get } = await withProvider({ parts: { sso: null } })
    expect(problemOf({ reply: await get(START) })).toBe('off')
    expect(problemOf({ reply: await get(`${START}/callback?code=x&state=y`) })).toBe('off')
    expect((await get('/api/v1/session')).json().sso).toBeNull()
  })

  test('the first admin is made, who is a local one', async () => {
    const { sso, setup, store } = await withProvider({ admin: false })
    expect(problemOf(await sso('ada'))).toBe('/')
    expect(await store.db.selectFrom('admins').select('id').execute()).toEqual([])
    expect(setup.code).toBeTruthy()
  })
})

test('neither secret nor code nor what recognises a sign-in is written down', async () => {
  const log = keptLog()
  const built = await withProvider({ parts: { logger: log.logger } })
  const { returned, cookie, reply } = await built.sso('ada')
  const replayed = await built.back(returned, cookie)
  expect(problemOf({ reply: replayed })).toBe('expired')
  const begun = await built.begin()
  const secrets = [
    CLIENT.secret,
    returned.searchParams.get('code') ?? '',
    returned.searchParams.get('state') ?? '',
    new URL(begun.address).searchParams.get('nonce') ?? '',
    cookie.split('=')[1] ?? '',
    reply.cookies.find(({ name }) => name === 'sid')?.value ?? '',
  ]
  expect(secrets.every((secret) => secret.length > 20)).toBe(true)
  expect(log.text()).toContain('/api/v1/session/oidc/callback')
  const tables = ['admins', 'admin_roles', 'single_sign_ons', 'used_sign_ins', 'sessions', 'audit', 'settings'] as const
  const rows = await Promise.all(tables.map((table) => built.store.db.selectFrom(table).selectAll().execute()))
  const kept = log.text() + inspect(rows, { depth: 9, maxStringLength: null, maxArrayLength: null })
  expect(secrets.filter((secret) => kept.includes(secret))).toEqual([])
})

import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { testClock } from '../../../test/test-clock.ts'
import { ADDON_KEY, addonParts, OLD_KEY, ticketOf } from '../../../test/whmcs-addon.ts'
import { ADMIN, world } from '../../../test/world.ts'
import { Secret } from '../../adapters/gateway/secret.ts'
import { adminsOf } from '../../adapters/store/admins.ts'
import { createSealer } from '../../adapters/store/sealed.ts'
import { type AppParts, buildApp } from '../../app.ts'
import { TICKETS_URL } from './whmcs-sign-in.routes.ts'

type Headers = Record<string, string>
const FROM_WHMCS = { 'sec-fetch-site': 'cross-site', origin: 'https://whmcs.example.com' }
const FROM_OURS = { 'sec-fetch-site': 'same-origin' }
const START = Date.UTC(2026, 10, 2, 8)

/** Ada is the admin of the world, Ben an operator, Cleo disabled. */
const withAddon = async (parts: Partial<AppParts> = {}) => {
  const { now, later } = testClock(START)
  const addon = addonParts([
    [1, ADMIN.email],
    [2, 'Ben@example.com'],
    [3, 'cleo@example.com'],
    [4, 'nobody@example.com'],
  ])
  const here = await world({ signedIn: false, now, parts: { addon, ...parts } })
  const people = adminsOf(here.store)
  await people.create({ email: 'ben@example.com', role: 'operator', passwordHash: null })
  const { id } = await people.create({ email: 'cleo@example.com', role: 'viewer', passwordHash: null })
  await people.change(id, { enabled: false })
  const post = (ticket: string, { headers = FROM_OURS, more = '', app = here.app }: Posting = {}) =>
    app.inject({
      method: 'POST',
      url: TICKETS_URL,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: `ticket=${encodeURIComponent(ticket)}${more}`,
    })
  const audited = async () =>
    (await here.store.db.selectFrom('audit').selectAll().orderBy('seq').execute()).map(({ actor, action, detail }) =>
      `${actor} ${action} ${detail ?? ''}`.trim(),
    )
  const sessionOf = async (headers: Headers) => (await here.app.inject({ url: '/api/v1/session', headers })).json()
  const cookieOf = (reply: Awaited<ReturnType<typeof post>>): Headers => ({
    cookie: reply.cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
  })
  return { ...here, now, later, post, audited, sessionOf, cookieOf, addon }
}
const never = () => Promise.reject(new Error('nobody asks it'))
type Posting = { headers?: Headers; more?: string; app?: Awaited<ReturnType<typeof buildApp>> }

describe('a ticket of WHMCS', () => {
  test('signs in whom the table names, with their own role, and leads to the client', async () => {
    const { post, now, audited, sessionOf, cookieOf } = await withAddon()
    const reply = await post(ticketOf(now(), { claims: { sub: 'admin:2', name: '<b>Ben</b>', client_id: 41 } }))
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/clients/41'])
    const session = await sessionOf(cookieOf(reply))
    expect(session).toMatchObject({ state: 'signed-in', admin: { email: 'ben@example.com', role: 'operator' } })
    // Nothing is proved.
    expect(new Date(session.provedUntil) < now()).toBe(true)
    expect(await audited()).toEqual(['ben@example.com session.sign-in'])
    // The key before is still taken.
    expect((await post(ticketOf(now(), { key: OLD_KEY }))).statusCode).toBe(303)
  })

  test('is sent once more by a page of ours, and not used before', async () => {
    const { post, now, audited, signIn, session } = await withAddon()
    await signIn()
    const ticket = ticketOf(now())
    const page = await post(ticket, { headers: { ...FROM_WHMCS, ...session() } })
    expect(page.statusCode).toBe(200)
    expect(page.cookies).toEqual([])
    expect(page.body).toContain(`action="${TICKETS_URL}"><input type="hidden" name="ticket" value="${ticket}">`)
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src/)
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
    expect(await audited()).toEqual([`${ADMIN.email} session.sign-in`])
    // Where a browser does not say from where, it says the origin.
    const elsewhere = await post(ticket, { headers: { origin: 'https://whmcs.example.com' } })
    expect(elsewhere.statusCode).toBe(200)
    expect((await post(ticket, { headers: { origin: 'http://localhost:80' } })).statusCode).toBe(303)
    // Nothing in it becomes markup.
    const hostile = ticketOf(now(), { claims: { name: '"><script>alert(1)</script>' } })
    expect((await post(hostile, { headers: FROM_WHMCS })).body.match(/<script>/g)).toHaveLength(1)
    expect((await post('"><script>alert(1)</script>')).body).not.toContain('<script>')
  })

  test('acceptance 13: Ticket: expired, reused, wrong audience, algorithm none, unknown kid, other client id: all refused', async () => {
    const { post, now, audited, later, store, addon, cluster } = await withAddon()
    const good = ticketOf(now())
    const [head = '', body = '', seal = ''] = good.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    const otherClient = Buffer.from(JSON.stringify({ ...claims, client_id: 8 })).toString('base64url')
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT', kid: ADDON_KEY.id })).toString('base64url')
    const at = Math.floor(now().getTime() / 1000)
    const wrong: Record<string, [ticket: string, says: string]> = {
      'wrong audience': [ticketOf(now(), { claims: { aud: 'other' } }), 'for something else'],
      'wrong issuer': [ticketOf(now(), { claims: { iss: 'other' } }), 'for something else'],
      'algorithm none': [`${none}.${body}.`, 'not signed as the addon signs'],
      'another algorithm': [ticketOf(now(), { head: { alg: 'HS512' } }), 'not signed as the addon signs'],
      'unknown kid': [ticketOf(now(), { head: { kid: 'key-2024' } }), 'does not know the key id'],
      'no kid': [ticketOf(now(), { head: { kid: undefined } }), 'does not know the key id'],
      'secret of another key': [ticketOf(now(), { head: { kid: OLD_KEY.id } }), 'was changed on its way'],
      'other client id': [`${head}.${otherClient}.${seal}`, 'was changed on its way'],
      'no client': [ticketOf(now(), { claims: { client_id: 0 } }), 'not one of the addon'],
      'no id of its own': [ticketOf(now(), { claims: { jti: 'x' } }), 'not one of the addon'],
      'without an end': [ticketOf(now(), { claims: { exp: undefined } }), 'not one of the addon'],
      'of tomorrow': [ticketOf(now(), { claims: { iat: at + 86_400, exp: at + 86_460 } }), 'too old, or the clocks'],
      'for a year': [ticketOf(now(), { claims: { iat: at - 100, exp: at + 31_536_000 } }), 'too old, or the clocks'],
      nonsense: ['a.b.c', 'not one of the addon'],
    }
    for (const [name, [ticket, says]] of Object.entries(wrong)) {
      const reply = await post(ticket)
      expect([name, reply.statusCode, reply.cookies]).toEqual([name, 403, []])
      expect([name, reply.body]).toEqual([name, expect.stringContaining(says)])
    }
    expect(await audited()).toHaveLength(Object.keys(wrong).length)

    const old = ticketOf(now())
    later(89_000)
    expect((await post(ticketOf(new Date(START)))).statusCode).toBe(303)
    later(2_000)
    expect((await post(old)).body).toContain('holds for a minute and is too old')

    const once = ticketOf(now())
    expect((await post(once)).statusCode).toBe(303)
    expect((await post(once)).body).toContain('each serves once')
    // Nor by another process on the same store.
    const secretKey = Secret.of(randomBytes(32).toString('hex'))
    const config = { publicUrl: null, trustProxy: [], metricsFrom: [], staleAfterMs: 300_000 }
    const own = { config, secretKey, sealer: createSealer(secretKey), clusters: [cluster], logger: false }
    const second = await buildApp({ ...own, store, addon, now })
    expect((await post(once, { app: second })).body).toContain('each serves once')
    await second.close()
    expect((await audited()).at(-1)).toBe(
      `${ADMIN.email} session.refused Ticket of WHMCS: The ticket was used before, and each serves once.`,
    )
  })

  test('of an admin of WHMCS who is nobody here is refused with the reason', async () => {
    const { post, now, audited } = await withAddon()
    const said = async (sub: string) => {
      const { statusCode, cookies, body } = await post(ticketOf(now(), { claims: { sub } }))
      expect([statusCode, cookies]).toEqual([403, []])
      return /<p>(.*?)<\/p>/.exec(body)?.[1]
    }
    expect(await said('admin:9')).toContain('WHMCS_ADMINS does not say who this admin of WHMCS is here')
    expect(await said('admin:3')).toContain('no such person here, or they are disabled')
    expect(await said('admin:4')).toContain('no such person here, or they are disabled')
    expect(await audited()).toEqual([
      'admin 9 of WHMCS session.refused Ticket of WHMCS: WHMCS_ADMINS does not say who this admin of WHMCS is here.',
      'cleo@example.com session.refused Ticket of WHMCS: There is no such person here, or they are disabled.',
      'nobody@example.com session.refused Ticket of WHMCS: There is no such person here, or they are disabled.',
    ])
  })

  test('takes the place of the session of somebody else only once that is confirmed', async () => {
    const { post, now, signIn, session, sessionOf, cookieOf, store } = await withAddon()
    await signIn()
    const ticket = ticketOf(now(), { claims: { sub: 'admin:2' } })
    const asked = await post(ticket, { headers: { ...FROM_OURS, ...session() } })
    expect([asked.statusCode, asked.cookies]).toEqual([200, []])
    expect(asked.body).toContain('Go on as ben@example.com?')
    expect((await sessionOf(session())).admin.email).toBe(ADMIN.email)
    // Another site cannot confirm it.
    const foreign = await post(ticket, { headers: { ...FROM_WHMCS, ...session() }, more: '&replace=yes' })
    expect([foreign.statusCode, foreign.cookies]).toEqual([200, []])
    const done = await post(ticket, { headers: { ...FROM_OURS, ...session() }, more: '&replace=yes' })
    expect(done.statusCode).toBe(303)
    expect((await sessionOf(cookieOf(done))).admin.email).toBe('ben@example.com')
    expect((await sessionOf(session())).state).toBe('signed-out')
    const rows = await store.db.selectFrom('audit').select('after').where('actor', '=', 'ben@example.com').execute()
    expect(rows.map(({ after }) => JSON.parse(after ?? ''))).toEqual([
      { whmcsAdmin: '2 (Ada)', inPlaceOf: ADMIN.email },
    ])
  })

  test('gives whoever is signed in already a session of its own', async () => {
    const { post, now, signIn, session, sessionOf, cookieOf } = await withAddon()
    await signIn()
    const before = session()
    const done = await post(ticketOf(now()), { headers: { ...FROM_OURS, ...before } })
    expect(done.statusCode).toBe(303)
    expect((await sessionOf(cookieOf(done))).admin.email).toBe(ADMIN.email)
    expect((await sessionOf(before)).state).toBe('signed-out')
  })

  test('comes as one small form and in no other way', async () => {
    const { post, app, now } = await withAddon()
    const ticket = ticketOf(now())
    const send = (type: string, payload: string) =>
      app.inject({ method: 'POST', url: TICKETS_URL, headers: { 'content-type': type }, payload })
    const FORM = 'application/x-www-form-urlencoded'
    expect((await send('application/json', JSON.stringify({ ticket }))).statusCode).toBe(415)
    expect((await send('text/plain', `ticket=${ticket}`)).statusCode).toBe(415)
    expect((await send(FORM, `ticket=${ticket}&ticket=${ticket}`)).statusCode).toBe(400)
    expect((await send(FORM, `ticket=${ticket}&returnTo=//evil.example`)).statusCode).toBe(400)
    expect((await send(FORM, `ticket=${ticket}&__proto__=x`)).statusCode).toBe(400)
    expect((await send(FORM, `ticket=${'x'.repeat(9_000)}`)).statusCode).toBe(413)
    expect((await app.inject({ url: `${TICKETS_URL}?ticket=${ticket}` })).statusCode).toBe(404)
    const form = await app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { 'content-type': FORM, 'sec-fetch-site': 'same-origin', 'x-requested-by': 'console' },
      payload: 'email=a&password=b',
    })
    expect(form.statusCode).toBe(415)
    expect((await post(ticket)).statusCode).toBe(303)
  })
})

test('a ticket does not pass by the provider of single sign-on', async () => {
  const sso = { provider: { begin: never, finish: never }, name: 'Login', roles: [], emergencyAdmins: [ADMIN.email] }
  const { post, now, audited } = await withAddon({ sso })
  const ben = await post(ticketOf(now(), { claims: { sub: 'admin:2' } }))
  expect([ben.statusCode, ben.cookies]).toEqual([403, []])
  expect(ben.body).toContain('has to sign in through the provider')
  expect(ben.body).toContain('<a href="/sign-in?returnTo=%2Fclients%2F7">')
  // Who may come in without it sets off the alarm.
  expect((await post(ticketOf(now()))).statusCode).toBe(303)
  expect(await audited()).toEqual([
    'ben@example.com session.refused has to sign in through the provider',
    `${ADMIN.email} session.sign-in`,
    `${ADMIN.email} session.emergency`,
  ])
})

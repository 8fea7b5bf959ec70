import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { testClock } from '../../test/test-clock.ts'
import { ADMIN, CLUSTER, FROM_CONSOLE, world } from '../../test/world.ts'

const SESSION = '/api/v1/session'
const CLUSTERS = '/api/v1/clusters'
const MINUTE = 60_000
const START = Date.UTC(2026, 10, 1, 8)

const sessionRows = (store: Awaited<ReturnType<typeof world>>['store']) =>
  store.db.selectFrom('sessions').selectAll().execute()

describe('a session', () => {
  test('M1 M2 of before a sign-in is worth nothing after it', async () => {
    const { app, signIn, session } = await world()
    const before = session()
    await signIn()
    expect((await app.inject({ url: CLUSTERS, headers: before })).statusCode).toBe(401)
    expect((await app.inject({ url: CLUSTERS, headers: session() })).statusCode).toBe(200)
  })

  test('a cookie that was planted before the sign-in is not kept', async () => {
    const { app } = await world({ signedIn: false })
    const planted = 'sid=planted.planted'
    const headers = { ...FROM_CONSOLE, 'content-type': 'application/json', cookie: planted }
    const reply = await app.inject({ method: 'POST', url: SESSION, headers, payload: ADMIN })
    expect(reply.cookies[0]?.value).not.toContain('planted')
    expect((await app.inject({ url: CLUSTERS, headers: { cookie: planted } })).statusCode).toBe(401)
  })

  test('M2 that was ended stays ended, though a request of it was still running', async () => {
    const { now, later } = testClock(START)
    const { app, admin, session, simulator } = await world({ now })
    const headers = session()
    later(2 * MINUTE)
    simulator.control.faults.add({ match: {}, latencyMs: 150 } as never)
    const slow = app.inject({ url: `${CLUSTER}/users`, headers })
    await turn()
    expect((await admin('DELETE', SESSION)).statusCode).toBe(204)
    await slow
    expect((await app.inject({ url: CLUSTERS, headers })).statusCode).toBe(401)
  })

  test('M3 is not stored for those who never sign in', async () => {
    const { app, store } = await world({ signedIn: false })
    for (let times = 0; times < 50; times += 1) await app.inject({ url: SESSION })
    expect(await sessionRows(store)).toEqual([])
  })

  test('M4 ends 8 hours after the sign-in, however busy', async () => {
    const { now, later } = testClock(START)
    const { admin } = await world({ now })
    for (let minutes = 20; minutes < 480; minutes += 20) {
      later(20 * MINUTE)
      expect((await admin('GET', CLUSTERS)).statusCode).toBe(200)
    }
    later(20 * MINUTE)
    expect((await admin('GET', CLUSTERS)).statusCode).toBe(401)
    expect((await admin('GET', SESSION)).json()).toMatchObject({ state: 'signed-out', admin: null, csrfToken: null })
  })

  test('ends after 30 minutes without a request', async () => {
    const { now, later } = testClock(START)
    const { admin } = await world({ now })
    later(29 * MINUTE)
    expect((await admin('GET', CLUSTERS)).statusCode).toBe(200)
    later(30 * MINUTE)
    expect((await admin('GET', CLUSTERS)).statusCode).toBe(401)
  })

  test('M5 has nothing written into its record after it began, so that requests at the same time lose nothing', async () => {
    const { admin, session, app, store } = await world()
    const [before] = await sessionRows(store)
    const headers = { ...session(), ...FROM_CONSOLE, 'content-type': 'application/json' }
    const write = (url: string, body: object) =>
      app.inject({ method: 'POST', url, headers, payload: JSON.stringify(body) })
    const reads = [SESSION, CLUSTERS, `${CLUSTER}/users`, '/api/v1/account', '/api/v1/account/sessions']
    await Promise.all([
      ...reads.map((url) => admin('GET', url)),
      write(`${SESSION}/proof`, { password: 'not the password' }),
      write(`${CLUSTER}/connection/check`, {}),
    ])
    expect(await sessionRows(store)).toEqual([before])

    // Each proof makes a session of its own, whole, and ends the one before.
    const proofs = await Promise.all([ADMIN, ADMIN].map(({ password }) => write(`${SESSION}/proof`, { password })))
    expect(proofs.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    const open = (await sessionRows(store)).filter(({ ended_at: ended }) => ended === null)
    expect(open).toHaveLength(2)
    const fields = Object.keys(JSON.parse(before?.data ?? '{}')).toSorted()
    expect(fields).toEqual(['_csrf', 'admin', 'cookie', 'from', 'generation', 'lineage', 'provedAt', 'startedAt'])
    for (const { data } of open) expect(Object.keys(JSON.parse(data)).toSorted()).toEqual(fields)
  })

  test('M6 whose store fails is refused with words that say nothing of the inside; files and probes go on', async () => {
    const { app, admin, session, store } = await world()
    const { cookie = '' } = session()
    await store.db.schema.dropTable('sessions').execute()
    expect((await app.inject({ url: CLUSTERS, headers: { cookie: 'sid=made.up' } })).statusCode).toBe(401)
    const replies = [
      await admin('DELETE', SESSION),
      await admin('GET', SESSION),
      await admin('GET', CLUSTERS),
      await admin('POST', SESSION, ADMIN),
    ]
    for (const { statusCode, body, headers } of replies) {
      expect(statusCode).toBe(503)
      expect(body).toContain('The store of the console is not available')
      expect(body + JSON.stringify(headers)).not.toMatch(/sessions|select|catalog|duckdb|ECONN|127\.0\.0\.1/i)
    }
    for (const url of ['/livez', '/nowhere']) {
      const reply = await app.inject({ url, headers: { cookie } })
      expect([url, reply.statusCode]).toEqual([url, url === '/livez' ? 200 : 404])
    }
  })

  test('M7 over https needs a request that came over https, and is refused rather than lost', async () => {
    const config = { publicUrl: new URL('https://console.example'), trustProxy: ['127.0.0.1'] }
    const { app } = await world({ signedIn: false, config })
    const signIn = (headers: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: SESSION,
        headers: { host: 'console.example', ...FROM_CONSOLE, 'content-type': 'application/json', ...headers },
        payload: ADMIN,
      })
    const plain = await signIn({})
    expect(plain.statusCode).toBe(403)
    expect(plain.json().detail).toContain('X-Forwarded-Proto')

    const secure = await signIn({ 'x-forwarded-proto': 'https' })
    expect(secure.statusCode).toBe(200)
    const cookie = String(secure.headers['set-cookie'])
    expect(cookie).toMatch(/^__Host-sid=/)
    for (const flag of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']) expect(cookie).toContain(flag)
    expect(cookie).not.toContain('Domain')
    expect(secure.headers['strict-transport-security']).toContain('max-age=63072000')
  })

  test('M8 leaves nothing in the browser when it ends', async () => {
    const { admin } = await world()
    const reply = await admin('DELETE', SESSION)
    expect(reply.headers['clear-site-data']).toBe('"cache", "cookies", "storage"')
    expect(reply.cookies[0]).toMatchObject({ name: 'sid', value: '', path: '/', httpOnly: true, sameSite: 'Strict' })
    expect(reply.cookies[0]?.expires?.getTime()).toBe(0)
  })

  test('is stored under a hash of its id', async () => {
    const { store, session } = await world()
    const id = decodeURIComponent(session().cookie?.split('=')[1] ?? '').split('.')[0] ?? ''
    expect(id.length).toBeGreaterThan(20)
    expect(
      JSON.stringify(await sessionRows(store), (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain(id)
  })

  test.each([
    ['unsigned', (value: string) => value.split('.')[0] ?? ''],
    ['cut', (value: string) => value.slice(0, -2)],
    ['changed', (value: string) => `x${value}`],
    ['of 10 KB', () => 'a'.repeat(10_000)],
  ])('B91 whose cookie is %s does not exist', async (_, change) => {
    const { app, session } = await world()
    const [name, value = ''] = session().cookie?.split('=') ?? []
    const cookie = `${name}=${change(decodeURIComponent(value))}`
    expect((await app.inject({ url: CLUSTERS, headers: { cookie } })).statusCode).toBe(401)
  })
})

describe('a write', () => {
  const CHECK = `${CLUSTER}/connection/check`

  const attempt = async (change: Record<string, string | undefined>) => {
    const { app, session } = await world()
    const all = { ...session(), ...FROM_CONSOLE, 'content-type': 'application/json', ...change }
    const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >
    return app.inject({ method: 'POST', url: CHECK, headers, payload: '{}' })
  }

  test('of the console itself is let through', async () => {
    expect((await attempt({})).statusCode).toBe(200)
    expect(
      (await attempt({ 'sec-fetch-site': undefined, host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' }))
        .statusCode,
    ).toBe(200)
  })

  test.each([
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a sister site', { 'sec-fetch-site': 'same-site' }],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }],
    ['from another site that claims our origin', { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' }],
    ['from another origin', { 'sec-fetch-site': undefined, origin: 'https://evil.example' }],
    ['from a sandboxed frame', { 'sec-fetch-site': undefined, origin: 'null' }],
    ['of unknown origin', { 'sec-fetch-site': undefined }],
    ['without the header of the console', { 'x-requested-by': undefined }],
    ['with another value in it', { 'x-requested-by': 'XMLHttpRequest' }],
    ['without the token of the session', { 'x-csrf-token': undefined }],
    ['with a made-up token', { 'x-csrf-token': 'abcdefgh-abcdefghijklmnopqrstuvwxyz' }],
  ])('%s is refused', async (_, change) => {
    const reply = await attempt(change)
    expect(reply.statusCode).toBe(403)
    expect(reply.json().type).toBe('/problems/request-not-from-console')
  })

  test('with the token of another session is refused', async () => {
    const { app, signIn, session, admin } = await world()
    const first = session()
    const other = await signIn()
    expect(other.statusCode).toBe(200)
    const headers = {
      ...session(),
      'x-csrf-token': first['x-csrf-token'] ?? '',
      ...FROM_CONSOLE,
      'content-type': 'application/json',
    }
    expect((await app.inject({ method: 'POST', url: CHECK, headers, payload: '{}' })).statusCode).toBe(403)
    expect((await admin('POST', CHECK)).statusCode).toBe(200)
  })
})

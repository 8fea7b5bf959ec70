import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kindOf, OWN, tokenDesk } from '../../../test/token-desk.ts'
import { ADMIN, CLUSTER } from '../../../test/world.ts'
import { adminsOf } from '../../adapters/store/admins.ts'
import { newToken } from './token-text.ts'

const DAY = 86_400_000
const MINUTE = 60_000
const USERS = `${CLUSTER}/users`
const LIST = ['user.list'] as const

let here: Awaited<ReturnType<typeof tokenDesk>>
beforeAll(async () => {
  here = await tokenDesk({ closes: false })
})
afterAll(() => here.close())

describe('an API token', () => {
  test('is shown once, asks without cookie and page, and stands in the store as its hash only', async () => {
    const { token, secret } = await here.make([...LIST])
    expect(await here.ask(secret, 'GET', USERS)).toMatchObject({ statusCode: 200 })
    const listed = await here.admin('GET', OWN)
    expect(listed.json().items).toEqual([{ ...token, lastUsedAt: here.now().toISOString(), lastUsedFrom: '127.0.0.1' }])
    expect(listed.body).not.toContain(secret)
    const rows = await here.store.db.selectFrom('api_tokens').selectAll().execute()
    const logged = await here.store.db.selectFrom('audit').selectAll().execute()
    expect(
      JSON.stringify([rows, logged], (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
    ).not.toContain(secret.slice(10))
  })

  test('writes as its owner does, without the checks against foreign pages but with JSON only', async () => {
    const { secret } = await here.make(['user.create'], { name: 'onboarding' })
    const body = { email: 'new@example.com' }
    const strange = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    expect((await here.ask(secret, 'POST', USERS, { body, headers: strange })).statusCode).toBe(201)
    const plain = await here.ask(secret, 'POST', USERS, { body, headers: { 'content-type': 'text/plain' } })
    expect(plain.statusCode).toBe(415)
    const [entry] = await here.audited('user.create', 'new@example.com')
    expect(entry).toMatchObject({ actor: `${ADMIN.email} (token onboarding)`, outcome: 'done' })
  })

  test('counts in place of a cookie that comes along', async () => {
    await here.signIn()
    const { secret } = await here.make([...LIST])
    const headers = here.session()
    expect((await here.ask(secret, 'GET', USERS, { headers })).statusCode).toBe(200)
    const refused = await here.ask(secret, 'GET', `${CLUSTER}/buckets`, { headers })
    expect(kindOf(refused)).toBe('token-not-allowed')
    expect(kindOf(await here.ask(newToken(), 'GET', USERS, { headers }))).toBe('token-unknown')
    expect(refused.headers['set-cookie']).toBeUndefined()
    expect((await here.admin('GET', `${CLUSTER}/buckets`)).statusCode).toBe(200)
  })

  test('leaves no session behind', async () => {
    const { secret } = await here.make([...LIST])
    const count = async () => (await here.store.db.selectFrom('sessions').select('id_hash').execute()).length
    const before = await count()
    for (let n = 0; n < 5; n += 1) await here.ask(secret, 'GET', USERS)
    expect(await count()).toBe(before)
  })

  test('does not keep a session alive whose cookie comes along', async () => {
    await here.signIn()
    const { secret } = await here.make([...LIST])
    const headers = here.session()
    for (let n = 0; n < 2; n += 1) {
      here.pass(20 * MINUTE)
      expect((await here.ask(secret, 'GET', USERS, { headers })).statusCode).toBe(200)
    }
    expect((await here.admin('GET', USERS)).statusCode).toBe(401)
    await here.signIn()
  })

  test('is of no use to a page of another origin: nobody tells its browser that it may send one', async () => {
    const reply = await here.app.inject({
      method: 'OPTIONS',
      url: USERS,
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    })
    expect(reply.statusCode).toBeGreaterThanOrEqual(400)
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('what a token may do', () => {
  test('is what it was given and its owner still may, asked anew at every use', async () => {
    const people = adminsOf(here.store)
    const id = await here.joins('olga@example.com', 'operator')
    const { secret } = await here.make(['user.list', 'user.create'])
    const create = () => here.ask(secret, 'POST', USERS, { body: { email: 'x@example.com' } })
    await people.change(id, { role: 'viewer' })
    const refused = await create()
    expect(refused.statusCode).toBe(403)
    expect(refused.json().detail).toBe('Its owner is Viewer now; this takes Admin or Operator.')
    expect((await here.ask(secret, 'GET', USERS)).statusCode).toBe(200)
    await people.change(id, { enabled: false })
    expect(kindOf(await here.ask(secret, 'GET', USERS))).toBe('token-owner-disabled')
    await people.change(id, { enabled: true, role: 'operator' })
    expect((await create()).statusCode).toBe(201)
    await here.store.db.deleteFrom('admins').where('id', '=', id).execute()
    expect(kindOf(await here.ask(secret, 'GET', USERS))).toBe('token-unknown')
  })

  test('is no more than the role of who makes it', async () => {
    await here.joins('vera@example.com', 'viewer')
    const body = { name: 'x', verbs: ['user.list', 'user.delete'], days: 1 }
    const reply = await here.admin('POST', OWN, body)
    expect(reply.json().errors).toEqual([
      {
        pointer: '/body/verbs/1',
        code: 'beyond_role',
        detail: 'your role does not allow user.delete; this takes Admin',
      },
    ])
  })

  test('is refused with the verb that is missing, and a refused change is in the audit once an hour', async () => {
    await here.signIn()
    const { secret } = await here.make([...LIST], { name: 'reader' })
    for (let n = 0; n < 3; n += 1) {
      const reply = await here.ask(secret, 'POST', USERS, { body: { email: 'x@example.com' } })
      expect(reply.json()).toMatchObject({
        type: '/problems/token-not-allowed',
        detail: 'It was not given user.create. Make one that is, on the page of your account.',
      })
    }
    expect(await here.audited('access.refused', '(token reader)')).toMatchObject([
      { actor: `${ADMIN.email} (token reader)`, target: 'user.create', detail: 'the token was not given this' },
    ])
  })

  test('takes no proof where it was given the verb, because a person who had one chose it', async () => {
    const { secret } = await here.make(['key.create'])
    here.pass(DAY)
    here.inOtherBrowser()
    const [user] = here.simulator.control.oracle.users().filter(({ keys }) => keys.length === 1)
    const reply = await here.ask(secret, 'POST', `${USERS}/${user?.id}/keys`)
    expect(reply.statusCode).toBe(201)
  })

  test('for many users is only what it may do with one', async () => {
    await here.signIn()
    const { secret } = await here.make(['bulk.run', 'bulk.see', 'user.disable'], { name: 'many' })
    const plan = (action: string) =>
      here.ask(secret, 'POST', `${CLUSTER}/bulk`, { body: { change: { action }, choice: { by: 'filter' } } })
    expect(kindOf(await plan('delete'))).toBe('token-not-allowed')
    const planned = await plan('disable')
    expect(planned.statusCode).toBe(201)
    expect(planned.json().actor).toBe(`${ADMIN.email} (token many)`)
  })
})

describe('making and revoking', () => {
  test('a token takes a proof, a name of its own, an end within a year, and addresses that are some', async () => {
    await here.signIn()
    const { token } = await here.make([...LIST], { name: 'yearly', days: 365 })
    expect(token.expiresAt).toBe(new Date(here.now().getTime() + 365 * DAY).toISOString())
    const post = async (more: object) =>
      (await here.admin('POST', OWN, { name: 'other', verbs: LIST, days: 30, ...more })).json()
    expect(await post({ name: 'yearly' })).toMatchObject({ type: '/problems/token-exists' })
    const wrong = [{ days: 366 }, { days: 0 }, { days: undefined }, { verbs: [] }, { verbs: ['access.manage'] }]
    const addresses = [['10.0.0.0/33'], ['example.com'], ['10.0.0.1 '], ['']].map((list) => ({ addresses: list }))
    for (const more of [...wrong, ...addresses, { name: ' x' }, { name: 'a(b)' }])
      expect({ more, answer: await post(more) }).toMatchObject({ answer: { type: '/problems/request-invalid' } })
    here.pass(11 * MINUTE)
    expect(await post({})).toMatchObject({ type: '/problems/proof-required' })
  })

  test('is for oneself; whoever manages people sees and revokes those of everybody', async () => {
    await here.signIn()
    const { token: admins } = await here.make([...LIST], { name: 'of the admin' })
    const manager = here.session()
    await here.joins('otto@example.com', 'operator')
    const { token, secret } = await here.make([...LIST], { name: 'of otto' })
    expect((await here.admin('GET', OWN)).json().items).toEqual([token])
    expect((await here.admin('DELETE', `${OWN}/${admins.id}`)).json().type).toBe('/problems/token-not-found')
    expect((await here.admin('GET', '/api/v1/tokens')).statusCode).toBe(403)
    expect((await here.admin('DELETE', `/api/v1/tokens/${admins.id}`)).statusCode).toBe(403)

    const { items } = (await here.admin('GET', '/api/v1/tokens', {}, manager)).json()
    expect(items).toEqual(expect.arrayContaining([admins, token]))
    expect((await here.admin('DELETE', `/api/v1/tokens/${token.id}`, {}, manager)).statusCode).toBe(204)
    expect(kindOf(await here.ask(secret, 'GET', USERS))).toBe('token-revoked')
    expect(await here.audited('token.*', '(token of otto)')).toMatchObject([
      { action: 'token.refused' },
      { action: 'token.revoke', actor: ADMIN.email, target: 'otto@example.com (token of otto)' },
      { action: 'token.create', actor: 'otto@example.com', after: { verbs: 'user.list', addresses: 'any' } },
    ])
  })

  test('a use is noted at most once a minute', async () => {
    await here.signIn()
    const { secret, token } = await here.make([...LIST])
    const at = here.now().toISOString()
    await Promise.all(Array.from({ length: 8 }, () => here.ask(secret, 'GET', USERS, { from: '10.0.0.1' })))
    here.pass(MINUTE - 1)
    await here.ask(secret, 'GET', USERS, { from: '10.0.0.2' })
    expect(await here.own(token.id)).toMatchObject({ lastUsedAt: at, lastUsedFrom: '10.0.0.1' })
    here.pass(2)
    await here.ask(secret, 'GET', USERS, { from: '10.0.0.2' })
    expect(await here.own(token.id)).toMatchObject({ lastUsedAt: here.now().toISOString(), lastUsedFrom: '10.0.0.2' })
  })
})

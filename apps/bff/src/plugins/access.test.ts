import {
  isTokenVerb,
  may,
  PROOF_VERBS,
  ROLES,
  type Role,
  roleNames,
  TOKEN_VERBS,
  type TokenVerb,
  whoMay,
} from '@ostor-console/shared/roles'
import type { UserDetail, UserPage } from '@ostor-console/shared/users'
import type { RouteOptions } from 'fastify'
import { describe, expect, test } from 'vitest'
import { testClock } from '../../test/test-clock.ts'
import { tokensAt } from '../../test/token-desk.ts'
import { ADMIN, CLUSTER, world } from '../../test/world.ts'
import { adminsOf } from '../adapters/store/admins.ts'
import { apiTokensOf } from '../adapters/store/api-tokens.ts'
import { hashPassword } from '../features/session/password.ts'
import { hashOf, hintOf, newToken } from '../features/tokens/token-text.ts'

const MINUTE = 60_000
const MANAGE = '/api/v1/admins'
const PROOF = '/api/v1/session/proof'
const START = Date.UTC(2026, 10, 1, 8)

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const METHODS: Method[] = ['GET', 'POST', 'PUT', 'DELETE']
const filled = (url: string): string => url.replace(':cluster', 'demo').replace(/:\w+/g, 'nobody')

const everyRole = async () => {
  const registered: RouteOptions[] = []
  const here = await world({ parts: { onRoute: (route) => registered.push(route) } })
  const passwordHash = await hashPassword(ADMIN.password)
  for (const role of roleNames)
    await adminsOf(here.store).create({ email: `the-${role}@example.com`, role, passwordHash })
  const routes = registered.flatMap(({ method, url, config }) => {
    const [known] = METHODS.filter((each) => each === method)
    if (!url.startsWith('/api/v1') || !known || !config?.verb) return []
    return [{ method: known, url, verb: config.verb, sudo: config.sudo === true }]
  })
  return { ...here, routes, as: (role: Role) => here.signIn({ ...ADMIN, email: `the-${role}@example.com` }) }
}

describe('a role', () => {
  test.each(roleNames)(
    '%s may do on every route what its verbs say, and nothing else',
    async (role) => {
      const { routes, as, admin } = await everyRole()
      expect(routes.length).toBeGreaterThan(70)
      const wrong: string[] = []
      await as(role)
      for (const { method, url, verb } of routes) {
        if (verb === 'anyone' || verb === 'signed-in' || url.endsWith('/events')) continue
        const reply = await admin(method, filled(url), method === 'GET' ? undefined : {})
        const refused = reply.statusCode === 403 && reply.json().type === '/problems/not-allowed'
        if (refused === may(role, verb)) wrong.push(`${method} ${url} answered ${reply.statusCode}`)
      }
      expect(wrong).toEqual([])
    },
    120_000,
  )

  test('is refused with the reason and who may, and a refused change is in the audit', async () => {
    const { as, admin } = await everyRole()
    await as('viewer')
    const reply = await admin('DELETE', `${CLUSTER}/users/u1`, {})
    expect(reply.json()).toMatchObject({
      type: '/problems/not-allowed',
      detail: 'You are signed in as Viewer; this takes Admin. Ask an admin of the console.',
    })
    await as('auditor')
    const { items } = (await admin('GET', `${CLUSTER}/audit`)).json()
    expect(items).toContainEqual(
      expect.objectContaining({ actor: 'the-viewer@example.com', action: 'access.refused', target: 'user.delete' }),
    )
  })

  test('W7: is that of the session, however requests of several are mixed', async () => {
    const { app, as, session, inOtherBrowser } = await everyRole()
    const sessions: [role: Role, headers: Record<string, string>][] = []
    for (const role of ['admin', 'viewer'] as const) {
      inOtherBrowser()
      await as(role)
      sessions.push([role, session()])
    }
    for (let round = 0; round < 4; round += 1) {
      const asked = Array.from({ length: 100 }, async (_, n) => {
        const [role, headers] = sessions[n % 2] ?? sessions[0] ?? ['viewer' as const, {}]
        const { statusCode } = await app.inject({ url: MANAGE, headers })
        return { role, statusCode }
      })
      for (const { role, statusCode } of await Promise.all(asked)) expect(statusCode).toBe(role === 'admin' ? 200 : 403)
    }
  })

  test('names those who may as a person would', () => {
    expect(whoMay('user.delete')).toBe('Admin')
    expect(whoMay('key.create')).toBe('Admin or Operator')
    expect(whoMay('audit.see')).toBe('Admin, Operator or Auditor')
  })

  test('that sees only changes nothing', () => {
    const changes = new Set(
      ROLES.operator.verbs.filter((verb) => /create|change|revoke|delete|run|undo|disable/.test(verb)),
    )
    for (const role of ['viewer', 'billing', 'auditor'] as const)
      expect(ROLES[role].verbs.filter((verb) => changes.has(verb as never))).toEqual([])
  })

  test('may change many users only as it may change one', async () => {
    const { as, admin } = await everyRole()
    await as('operator')
    const choice = { by: 'ids', ids: ['nobody'] }
    const reply = await admin('POST', `${CLUSTER}/bulk`, { change: { action: 'delete' }, choice })
    expect(reply.json()).toMatchObject({ type: '/problems/not-allowed' })
    const other = await admin('POST', `${CLUSTER}/bulk`, { change: { action: 'disable' }, choice })
    expect(other.json().type).not.toBe('/problems/not-allowed')
  })
})

/** Tokens that are written into the store, each by what it was given. */
test('whoever may list users and not see their quotas sees none in the list, nor by its order', async () => {
  const { as, admin, simulator } = await everyRole()
  const all = simulator.control.oracle.users()
  const quotasAs = async (role: Role) => {
    await as(role)
    const body: UserPage = (await admin('GET', `${CLUSTER}/users?sort=-quotaUse`)).json()
    const { known, lacking } = body.summary.quotas
    return {
      known,
      lacking,
      quotas: body.items.map(({ quota }) => quota?.size ?? null),
      emails: body.items.map(({ email }) => email),
    }
  }
  await as('operator')
  for (const { id } of all) await admin('GET', `${CLUSTER}/users/${id}/quota`)
  expect((await quotasAs('viewer')).known).toBe(all.length)
  const { known, lacking, quotas, emails } = await quotasAs('billing')
  expect([known, lacking, new Set(quotas)]).toEqual([0, 'role', new Set([null])])
  expect(emails).toEqual(emails.toSorted())
})

test('nor is it told of one user, nor the keys of accounts', async () => {
  const { as, admin, simulator } = await everyRole()
  const [, user] = simulator.control.oracle.users()
  await as('operator')
  await admin('GET', `${CLUSTER}/users/${user?.id}/quota`)
  for (const [role, known] of [
    ['viewer', 'unlimited'],
    ['billing', undefined],
  ] as const) {
    await as(role)
    const { quota, accounts }: UserDetail = (await admin('GET', `${CLUSTER}/users/${user?.id}`)).json()
    expect([quota?.size, accounts !== undefined]).toEqual([known, role === 'viewer'])
  }
})

const tokensOf = async ({ store }: Pick<Awaited<ReturnType<typeof everyRole>>, 'store'>, role: Role) => {
  const owner = await adminsOf(store).findByEmail(`the-${role}@example.com`)
  return async (name: string, verbs: TokenVerb[]): Promise<string> => {
    const secret = newToken()
    const rest = { hint: hintOf(secret), addresses: [], expiresAt: new Date(Date.now() + 60 * MINUTE) }
    await apiTokensOf(store).create({ ...rest, id: hashOf(secret), adminId: owner?.id ?? '', name, verbs })
    return secret
  }
}

describe('an API token', () => {
  test('may do on every route what it was given and its owner may, nothing else, and a cookie beside it adds nothing', async () => {
    const here = await everyRole()
    const { ask } = tokensAt(here)
    const mint = await tokensOf(here, 'admin')
    const all = await mint('all', [...TOKEN_VERBS])
    const viewers = await (await tokensOf(here, 'viewer'))('all', [...TOKEN_VERBS])
    const but = new Map<string, string>()
    for (const verb of TOKEN_VERBS)
      but.set(
        verb,
        await mint(
          `all but ${verb}`,
          TOKEN_VERBS.filter((each) => each !== verb),
        ),
      )
    const headers = here.session()
    const wrong: string[] = []
    for (const { method, url, verb } of here.routes) {
      const isRefused = async (secret: string, beside = {}) => {
        const reply = await ask(secret, method, filled(url), { headers: beside })
        if (reply.statusCode === 401) throw new Error(`${method} ${url} answered 401`)
        return reply.statusCode === 403 && reply.json().type === '/problems/token-not-allowed'
      }
      const isForTokens = verb !== 'anyone' && verb !== 'signed-in' && isTokenVerb(verb)
      if (!(await isRefused((isForTokens && but.get(verb)) || all, headers))) wrong.push(`${method} ${url}, without`)
      if (url.endsWith('/events')) continue
      if ((await isRefused(all)) === isForTokens) wrong.push(`${method} ${url}, with`)
      const viewerMay = isForTokens && may('viewer', verb)
      if ((await isRefused(viewers)) === viewerMay) wrong.push(`${method} ${url}, of a viewer`)
    }
    expect(wrong).toEqual([])
    // Which of them a person chooses knowingly.
    const proved = new Set(here.routes.flatMap(({ verb, sudo }) => (sudo && verb !== 'signed-in' ? [verb] : [])))
    expect([...proved].toSorted()).toEqual([...PROOF_VERBS].toSorted())
  }, 120_000)
})

describe('what cannot be undone', () => {
  const invite = { email: 'new@example.com', role: 'viewer' }

  test('takes a proof that is no older than ten minutes, however much is done meanwhile', async () => {
    const { now, later } = testClock(START)
    const { admin } = await world({ now })
    later(9 * MINUTE)
    expect((await admin('POST', MANAGE, invite)).statusCode).toBe(201)
    later(1 * MINUTE)
    const late = await admin('POST', MANAGE, { ...invite, email: 'b@example.com' })
    expect(late.json()).toMatchObject({ type: '/problems/proof-required', status: 403 })
  })

  test('goes on after the password was given again, in a session of another id but the same end', async () => {
    const { now, later } = testClock(START)
    const { app, admin, signIn, session } = await world({ now })
    const answer = (await signIn()).json()
    expect(answer.provedUntil).toBe(new Date(now().getTime() + 10 * MINUTE).toISOString())
    later(20 * MINUTE)
    const before = session()
    expect((await admin('POST', PROOF, { password: 'wrong' })).json().type).toBe('/problems/proof-failed')
    const proved = await admin('POST', PROOF, { password: ADMIN.password })
    expect(proved.json()).toMatchObject({ state: 'signed-in' })
    expect((await app.inject({ url: MANAGE, headers: before })).statusCode).toBe(401)
    const after = session()
    expect((await app.inject({ url: MANAGE, headers: after })).statusCode).toBe(200)
    for (let minutes = 20; minutes < 470; minutes += 20) {
      later(20 * MINUTE)
      await app.inject({ url: MANAGE, headers: after })
    }
    later(5 * MINUTE)
    expect((await app.inject({ url: MANAGE, headers: after })).statusCode).toBe(401)
  })

  test('a proof is asked of whoever is signed in, with the token', async () => {
    const { app, session } = await world()
    const { cookie } = session()
    const bare = { method: 'POST', url: PROOF, payload: { password: ADMIN.password } } as const
    expect((await app.inject(bare)).statusCode).toBe(403)
    expect((await app.inject({ ...bare, headers: { cookie } })).statusCode).toBe(403)
  })
})

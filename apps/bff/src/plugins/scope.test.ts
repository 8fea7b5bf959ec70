import { may } from '@ostor-console/shared/roles'
import { describe, expect, test } from 'vitest'
import { type Asked, type Ids, LATER, twoResellers } from '../../test/limited.ts'
import { CLUSTER } from '../../test/world.ts'

const RANGE = 'from=2026-11-01T00:00:00Z&to=2026-11-03T00:00:00Z'
const NOBODY: Ids = {
  userId: '00000000000000ff',
  email: 'nobody@example.com',
  bucket: 'no-such-bucket',
  keyId: 'NOKEY',
  operationId: '00000000-0000-4000-8000-000000000000',
  id: '00000000-0000-4000-8000-000000000000',
  runId: '00000000-0000-4000-8000-000000000000',
}

const addressOf = ({ url }: Asked, ids: Ids): string =>
  url
    .replace(':cluster', 'demo')
    .replace(/:(\w+)/g, (_, name: string) => (name in ids ? ids[name as keyof Ids] : name === 'of' ? 'user' : 'x'))

/** What makes a request valid, so that nothing but the scope is left to refuse it. */
const queryOf = ({ url }: Asked, { userId, bucket }: Ids): string[] => {
  const end = url.slice(url.lastIndexOf('/clusters/:cluster') + '/clusters/:cluster'.length)
  switch (end) {
    case '/users/:userId/as-of':
      return ['at=2026-11-01T00:00:00Z']
    case '/usage/series':
    case '/usage/heat-map':
    case '/storage/series':
      return [`${RANGE}&userId=${userId}`, `${RANGE}&bucket=${bucket}`]
    case '/usage/top':
    case '/usage/breakdown':
      return [`${RANGE}&by=bucket&userId=${userId}`, `${RANGE}&by=user&userId=${userId}`]
    case '/storage/growth':
      return [`userId=${userId}`, `bucket=${bucket}`]
    case '/usage/sparklines':
      return [`by=user&ids=["${userId}"]`, `by=bucket&ids=["${bucket}"]`]
    case '/usage/limit-trial':
      return [`get=5&userId=${userId}`, `get=5&bucket=${bucket}`]
    case '/quotas/defaults/:of/over':
      return ['size=1']
    case '/audit/export':
      return ['format=csv', 'format=json']
    default:
      return ['']
  }
}

const BODIES: Record<string, object> = {
  '/state': { state: 'enabled' },
  '/accounts': { name: 'backup' },
  '/accounts/:account': { confirmName: 'x' },
  '/keys/:keyId/revocation': { dueAt: LATER },
  '/keys/:keyId/rotation': { dueAt: LATER },
  '/deletion': { dueAt: LATER, confirmEmail: 'x' },
  '/scheduled/:id': { dueAt: LATER },
  '/quota': { size: 5 },
}
const LIMITS = { PUT: { opsPerSecond: { get: 5 } }, DELETE: { group: 'all' } }

const bodyOf = ({ method, url }: Asked): object => {
  if (url.endsWith('/limits') && (method === 'PUT' || method === 'DELETE')) return LIMITS[method]
  return Object.entries(BODIES).find(([end]) => url.endsWith(end))?.[1] ?? {}
}

const ONE = new Set(['user', 'bucket', 'operation', 'scheduled', 'bulk-run', 'subject'])

describe('an operator who is limited to a group of users', () => {
  test('gets for whatever is about a user outside the same answer as for nobody, and nothing is asked of the gateway', async () => {
    const { routes, as, admin, inside, outside, simulator } = await twoResellers()
    await as('operator')
    const answerTo = async (route: Asked, ids: Ids, index: number) => {
      const [path, query] = [addressOf(route, ids), queryOf(route, ids)[index]]
      const body = route.method === 'GET' ? undefined : bodyOf(route)
      const { statusCode, body: text } = await admin(route.method, query ? `${path}?${query}` : path, body)
      return { status: statusCode, text: text.replace(/"instance":"[^"]*"/, '') }
    }
    const wrong: string[] = []
    let seen = 0
    for (const route of routes.filter(({ verb, scope }) => ONE.has(scope) && may('operator', verb as never))) {
      for (const index of queryOf(route, outside).keys()) {
        const name = `${route.method} ${route.url} ${queryOf(route, outside)[index]}`
        simulator.control.clearCalls()
        const [refused, unknown] = [await answerTo(route, outside, index), await answerTo(route, NOBODY, index)]
        if (refused.status !== 404 || refused.text !== unknown.text) wrong.push(`${name}: ${refused.text}`)
        if (simulator.control.calls().some(({ url }) => names(outside, url))) wrong.push(`${name} asked the gateway`)
        const own = await answerTo(route, inside, index)
        if (/"\/problems\/((user|bucket|operation|scheduled-change|bulk-run)-not-found|out-of)/.test(own.text))
          wrong.push(`${name} inside: ${own.text}`)
        seen += 1
      }
    }
    expect(wrong).toEqual([])
    expect(seen).toBeGreaterThan(45)
  }, 120_000)

  test('is refused what is about all users, with the reason, and what would be too much of a bulk change', async () => {
    const { as, admin, inside, outside, routes } = await twoResellers()
    await as('operator')
    for (const { method, url, verb, scope } of routes.filter((each) => each.scope === 'fleet')) {
      if (!may('operator', verb as never)) continue
      const reply = await admin(method, addressOf({ method, url, verb, scope }, inside), {})
      expect(reply.json()).toMatchObject({
        type: '/problems/out-of-scope',
        detail: 'You are limited to Reseller, and this is about all users. Ask an admin of the console.',
      })
    }
    expect((await admin('GET', `${CLUSTER}/usage/series?${RANGE}`)).json().type).toBe('/problems/out-of-scope')

    const created = await admin('POST', `${CLUSTER}/users`, { email: 'new@Reseller.example' })
    expect(created.statusCode).toBe(201)
    const refused = await admin('POST', `${CLUSTER}/users`, { email: 'new@not-reseller.example' })
    expect(refused.json()).toMatchObject({
      type: '/problems/out-of-scope',
      detail: expect.stringContaining('takes only new users whose e-mail ends with @reseller.example'),
    })

    const { items, matching, summary } = (await admin('GET', `${CLUSTER}/users`)).json()
    expect(items.map(({ email }: { email: string }) => email)).toEqual([inside.email, 'new@Reseller.example'])
    expect([matching, summary.total]).toEqual([2, 2])

    const plan = (choice: object) => admin('POST', `${CLUSTER}/bulk`, { change: { action: 'enable' }, choice })
    const all = await plan({ by: 'filter', search: '' })
    expect(all.json().planned).toEqual({ change: 1, already: 1, refused: 0 })
    const mixed = await plan({ by: 'emails', text: `${inside.email}\n${outside.email}` })
    const unknown = await plan({ by: 'emails', text: `${inside.email}\nnobody@example.com` })
    expect(mixed.json()).toMatchObject({ type: '/problems/out-of-scope', detail: unknown.json().detail })
  }, 60_000)

  test('goes by a changed limit from the next request on, also with a token', async () => {
    const { app, as, admin, inside, outside, group, session, inOtherBrowser, signIn } = await twoResellers()
    const adminId = await as('operator')
    const headers = session()
    const made = await admin('POST', '/api/v1/account/tokens', { name: 'script', verbs: ['user.list'], days: 1 })
    inOtherBrowser()
    await signIn()
    const authorization = `Bearer ${made.json().secret}`
    const statusOf = async ({ userId }: Ids) => {
      const url = `${CLUSTER}/users/${userId}`
      const [bySession, byToken] = [
        await app.inject({ url, headers }),
        await app.inject({ url, headers: { authorization } }),
      ]
      expect(byToken.statusCode).toBe(bySession.statusCode)
      return bySession.statusCode
    }
    const both = async () => [await statusOf(inside), await statusOf(outside)]
    expect(await both()).toEqual([200, 404])
    const there = `${CLUSTER}/groups/${group}`
    const added = await admin('POST', `${there}/members`, { emails: [outside.email.toUpperCase()] })
    expect(added.json()).toMatchObject({ added: 1, users: 2, limits: ['the-operator@example.com'] })
    expect(await both()).toEqual([200, 200])
    await admin('PUT', there, { name: 'Reseller', domains: [] })
    expect(await both()).toEqual([404, 200])
    expect((await admin('DELETE', there, { confirmName: 'reseller' })).json().type).toBe('/problems/confirmation-wrong')
    await admin('DELETE', there, { confirmName: 'Reseller' })
    expect(await both()).toEqual([404, 404])
    const list = (await app.inject({ url: `${CLUSTER}/users`, headers })).json()
    expect(list).toMatchObject({ items: [], matching: 0, summary: { total: 0 } })
    const limit = `/api/v1/admins/${adminId}/limit`
    expect((await admin('PUT', limit, { limitedTo: [] })).statusCode).toBe(400)
    expect((await admin('PUT', limit, { limitedTo: [group] })).json().type).toBe('/problems/group-not-found')
    expect(await both()).toEqual([404, 404])
    expect((await admin('PUT', limit, { limitedTo: null })).json().limitedTo).toBeNull()
    expect(await both()).toEqual([200, 200])
  }, 60_000)
})

test('no answer to somebody who is limited names a user, an id or a bucket of somebody else', async () => {
  const { routes, as, admin, inside, outside, collector, gateway, cluster } = await twoResellers()
  await collector.round()
  const [{ users }, buckets] = await Promise.all([gateway.listUsers(), gateway.listBuckets()])
  const canaries = [
    // A cluster is named together with the user whose key the console itself has.
    ...users
      .filter(({ id }) => id !== inside.userId && id !== cluster.ownUserId)
      .flatMap(({ id, email }) => [id, email]),
    ...buckets.filter(({ name }) => name !== inside.bucket).map(({ name }) => name),
  ]
  expect(canaries).toEqual(expect.arrayContaining([outside.email, outside.userId, outside.bucket]))
  const leaks: string[] = []
  let own = 0
  for (const role of ['viewer', 'auditor'] as const) {
    await as(role)
    for (const route of routes.filter(({ method, url }) => method === 'GET' && !url.endsWith('/events')))
      for (const query of queryOf(route, inside)) {
        const { body } = await admin('GET', `${addressOf(route, inside)}?${query}`)
        const leaked = canaries.filter((canary) => body.includes(canary))
        if (leaked.length > 0) leaks.push(`${role} ${route.url} ${query}: ${leaked.join(' ')}`)
        if (body.includes(inside.email)) own += 1
      }
  }
  expect(leaks).toEqual([])
  // Of the lists of users, buckets, audit, operations and what is scheduled, and of each of these by itself.
  expect(own).toBeGreaterThan(15)
}, 60_000)

const names = ({ userId, email, bucket, keyId }: Ids, text: string): boolean =>
  [userId, email, bucket, keyId, encodeURIComponent(email)].some((each) => text.includes(each))

import { readdir } from 'node:fs/promises'
import type { Routes } from '@ostor-console/shared/route'
import type { RouteOptions } from 'fastify'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { FROM_CONSOLE, world } from '../test/world.ts'

const PUBLIC = [
  'GET /api/v1/session',
  'GET /api/v1/session/oidc',
  'HEAD /api/v1/session/oidc',
  'GET /api/v1/session/oidc/callback',
  'HEAD /api/v1/session/oidc/callback',
  'HEAD /api/v1/session',
  'POST /api/v1/session',
  'POST /api/v1/session/passkey/challenge',
  'POST /api/v1/session/passkey',
  'POST /api/v1/session/second-factor',
  'DELETE /api/v1/session/second-factor',
  'POST /api/v1/setup',
  'POST /api/v1/join',
]
const ADDON = 'whmcs-addon.ts'
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'] as const

const routesOf = (registered: RouteOptions[]) =>
  registered.flatMap(({ method, url }) =>
    [method].flat().map((verb) => ({ method: verb as (typeof METHODS)[number], url })),
  )

const Description = z.object({
  paths: z.unknown(),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

const filled = (url: string) => url.replace(/:\w+/g, 'x').replace('*', 'x')
const nameOf = ({ method, url }: { method: string; url: string }) => `${method} ${url}`

const anonymous = async () => {
  const registered: RouteOptions[] = []
  const built = await world({ signedIn: false, parts: { onRoute: (route) => registered.push(route) } })
  const ask = (method: (typeof METHODS)[number], url: string) =>
    built.app.inject({
      method,
      url,
      headers: { ...FROM_CONSOLE, 'content-type': 'application/json' },
      ...(!['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method) && { payload: '{}' }),
    })
  return { ...built, ask, routes: routesOf(registered) }
}

describe('every route', () => {
  test('W2: under /api refuses without a session, except for those that lead to one', async () => {
    const { routes, ask } = await anonymous()
    const guarded = routes.filter((route) => route.url.startsWith('/api') && !PUBLIC.includes(nameOf(route)))
    expect(guarded.length).toBeGreaterThan(30)

    const open: string[] = []
    for (const route of guarded) {
      const reply = await ask(route.method, filled(route.url))
      const refused =
        reply.statusCode === 401 && (route.method === 'HEAD' || reply.json().type === '/problems/session-required')
      if (!refused) open.push(`${nameOf(route)} answered ${reply.statusCode}`)
    }
    expect(open).toEqual([])
  })

  test('of the contract is served, and under /api nothing else is', async () => {
    const { routes } = await anonymous()
    const folder = new URL('../../../packages/shared/src/', import.meta.url)
    const contract: string[] = ['GET /api/openapi.json']
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
      const exported: Record<string, unknown> = await import(new URL(file, folder).href)
      for (const [name, table] of Object.entries(exported)) {
        // Those of the addon are there where it is set up: features/whmcs-addon shows them.
        if (name.endsWith('Routes') && file !== ADDON) contract.push(...Object.values(table as Routes).map(nameOf))
      }
    }
    const served = routes.filter(({ method, url }) => method !== 'HEAD' && url.startsWith('/api')).map(nameOf)
    expect(served.toSorted()).toEqual(contract.toSorted())
  })

  test('takes no address that the console would ask: those come from the settings alone', async () => {
    const { app, routes } = await anonymous()
    await app.ready()
    const { paths, components } = Description.parse(app.swagger())
    const asked = JSON.stringify(paths, (key, value) => (key === 'responses' ? undefined : value))
    const referred = [...asked.matchAll(/schemas\/(\w+)/g)].map(([, name = '']) => components.schemas[name])
    const names = [...`${asked}${JSON.stringify(referred)}`.matchAll(/"(?:name":")?(\w+)"/g)].map(([, name]) => name)
    expect(names).toEqual(expect.arrayContaining(['userId', 'password', 'opsPerSecond']))
    expect(routes.length).toBeGreaterThan(60)
    expect(names.filter((name = '') => /(url|uri|endpoint|host|address|webhook|callback|port)$/i.test(name))).toEqual(
      [],
    )
  })

  test('answers the methods it declares, and any other with 404 or 405', async () => {
    const { routes, ask } = await anonymous()
    const declared = new Set(routes.map(nameOf))
    const wrong: string[] = []
    for (const url of new Set(routes.map((route) => route.url))) {
      for (const method of METHODS.filter((verb) => !declared.has(nameOf({ method: verb, url })))) {
        const { statusCode } = await ask(method, filled(url))
        if (statusCode !== 404 && statusCode !== 405) wrong.push(`${method} ${url} answered ${statusCode}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('acceptance 12: that writes is refused without the token of the session, and nothing reaches the gateway', async () => {
    const registered: RouteOptions[] = []
    const { app, session, simulator } = await world({ parts: { onRoute: (route) => registered.push(route) } })
    const { cookie = '' } = session()
    const headers = { ...FROM_CONSOLE, cookie, 'content-type': 'application/json' }
    const writing = routesOf(registered).filter(
      ({ method, url }) => !['GET', 'HEAD'].includes(method) && !PUBLIC.includes(nameOf({ method, url })),
    )
    expect(writing.length).toBeGreaterThan(30)
    simulator.control.clearCalls()
    for (const { method, url } of writing) {
      const reply = await app.inject({ method, url: filled(url.replace(':cluster', 'demo')), headers, payload: '{}' })
      expect({ url, type: reply.json().type }).toEqual({ url, type: '/problems/request-not-from-console' })
    }
    expect(simulator.control.calls()).toEqual([])
  })

  test('W3: that only reads leaves no trace at the gateway or in the audit', async () => {
    const registered: RouteOptions[] = []
    const { admin, simulator } = await world({ parts: { onRoute: (route) => registered.push(route) } })
    const before = (await admin('GET', '/api/v1/clusters/demo/audit')).json()
    simulator.control.clearCalls()
    for (const { method, url } of routesOf(registered)) {
      // The stream of events goes on for a minute.
      if (method === 'GET' && !url.endsWith('/events')) await admin('GET', filled(url.replace(':cluster', 'demo')))
    }
    expect(simulator.control.calls().filter((call) => call.method !== 'GET')).toEqual([])
    expect((await admin('GET', '/api/v1/clusters/demo/audit')).json()).toEqual(before)
  })

  test('that only reads shows no secret of the gateway', async () => {
    const registered: RouteOptions[] = []
    const { admin, simulator } = await world({ parts: { onRoute: (route) => registered.push(route) } })
    const { oracle } = simulator.control
    const [user] = oracle.users().filter(({ keys }) => keys.length > 0)
    const [bucket = ''] = oracle.buckets()
    const secrets = [
      simulator.secretAccessKey,
      ...oracle.users().flatMap(({ keys }) => keys.map(({ secret }) => secret)),
    ]
    expect(secrets.length).toBeGreaterThan(5)
    let read = 0
    for (const { method, url } of routesOf(registered)) {
      if (method !== 'GET' || url.endsWith('/events')) continue
      const real = url
        .replace(':cluster', 'demo')
        .replace(':userId', user?.id ?? '')
        .replace(':bucket', bucket)
      const { statusCode, body } = await admin('GET', filled(real))
      if (statusCode === 200) read += 1
      expect
        .soft(
          secrets.filter((secret) => body.includes(secret)),
          url,
        )
        .toEqual([])
    }
    expect(read).toBeGreaterThan(20)
  })
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, read, send } from '../../test/client.ts'
import { type Simulator, startSimulator } from '../simulator.ts'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ users: 3, buckets: 9, days: 1, hugeBuckets: 9 })
  simulator.control.clock.freeze()
})
afterEach(() => simulator.close())

const control = async (method: string, path: string, body?: unknown) => {
  const text = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(`${simulator.controlEndpoint}${path}`, { method, ...text })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

const textOf = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one)))

test('the oracle says over HTTP what it says in process, large numbers as strings', async () => {
  const { oracle } = simulator.control
  const [bucket = ''] = oracle.buckets()
  const id = oracle.users()[1]?.id ?? ''
  expect((await control('GET', '/oracle/users')).body).toEqual(oracle.users())
  expect((await control('GET', `/oracle/users/${id}`)).body).toEqual(oracle.user(id))
  expect((await control('GET', `/oracle/buckets?user=${id}`)).body).toEqual(oracle.buckets(id))
  expect((await control('GET', `/oracle/size?bucket=${bucket}`)).body).toEqual(textOf(oracle.size(bucket)))
  const noon = '2026-01-01T12:00:00Z'
  const atNoon = textOf(oracle.size(bucket, Date.parse(noon)))
  expect((await control('GET', `/oracle/size?bucket=${bucket}&at=${noon}`)).body).toEqual(atNoon)
  expect((await control('GET', `/oracle/usage?bucket=${bucket}`)).body).toEqual(textOf(oracle.usage({ bucket })))
  const byUser = Object.fromEntries(oracle.usageBy('user', { closedOnly: true }))
  expect((await control('GET', '/oracle/usage?by=user&closedOnly=true')).body).toEqual(textOf(byUser))
  expect((await control('GET', '/oracle/objects')).body).toEqual(oracle.objects())
})

test('faults are set, listed and removed', async () => {
  const { body } = await control('POST', '/faults', { service: 'ostor-users', status: 503 })
  expect((await ask(simulator, 'GET', 'ostor-users')).status).toBe(503)
  expect((await control('GET', '/faults')).body).toMatchObject([{ id: body.id, touched: 1 }])
  await control('DELETE', `/faults/${body.id}`)
  expect((await ask(simulator, 'GET', 'ostor-users')).status).toBe(200)
  await control('POST', '/faults', { html: true })
  await control('DELETE', '/faults')
  expect((await ask(simulator, 'GET', 'ostor-users')).status).toBe(200)
})

test.each([{ latency: 5 }, { status: '503' }, { reset: 'sometimes' }])('the fault %j is refused', async (fault) => {
  expect((await control('POST', '/faults', fault)).status).toBe(400)
  expect(simulator.control.faults.list()).toEqual([])
})

test('the calls are listed and forgotten', async () => {
  await ask(simulator, 'GET', 'ostor-users')
  expect((await control('GET', '/calls')).body).toMatchObject([{ service: 'ostor-users', status: 200 }])
  await control('DELETE', '/calls')
  expect((await control('GET', '/calls')).body).toEqual([])
})

test('the clock moves, stops and goes on', async () => {
  const { clock } = simulator.control
  const before = clock.now()
  expect((await control('POST', '/clock', { advanceMs: 5000 })).body).toEqual({ now: before + 5000 })
  expect((await control('POST', '/clock', { now: '2026-05-06T07:08:09Z' })).body.now).toBe(
    Date.parse('2026-05-06T07:08:09Z'),
  )
  await control('POST', '/clock', { frozen: false })
  const then = clock.now()
  await expect.poll(() => clock.now()).toBeGreaterThan(then)
})

test('the world is changed behind the console', async () => {
  const { body: user } = await control('POST', '/world/users', {
    email: 'late@example.org',
    keys: 2,
    flags: ['system'],
  })
  expect(await read(simulator, `ostor-users&id=${user.id}`)).toMatchObject({
    UserEmail: 'late@example.org',
    Flags: ['system'],
  })
  await control('POST', `/world/users/${user.id}`, { flags: [], state: 'disabled' })
  expect(await read(simulator, `ostor-users&id=${user.id}`)).toMatchObject({ State: 'disabled', Flags: [] })
  await control('POST', '/world/buckets', { name: 'late bucket', owner: user.id, bytes: 4096 })
  expect((await read(simulator, `ostor-buckets&id=${user.id}`)).Buckets).toMatchObject([{ name: 'late bucket' }])
  await control('POST', '/world/traffic', { user: user.id, bucket: 'late bucket', put: 5 })
  simulator.control.clock.advance(7_200_000)
  expect(simulator.control.oracle.usage({ user: user.id }).put).toBe(5n)
  await control('DELETE', '/world/buckets/late%20bucket')
  await control('DELETE', `/world/users/${user.id}`)
  expect((await ask(simulator, 'GET', `ostor-users&id=${user.id}`)).status).toBe(404)
})

test('a statistics object vanishes, and one comes from nowhere', async () => {
  const [name = ''] = (await read(simulator, 'ostor-usage')).items
  await control('DELETE', `/world/statistics/${name}`)
  await control('POST', '/world/statistics', { name: 's3-usage-odd', body: '{}' })
  const { items } = await read(simulator, 'ostor-usage')
  expect(items).not.toContain(name)
  expect(items).toContain('s3-usage-odd')
})

test('what is wrong is one line, and another Host is refused', async () => {
  expect((await control('GET', '/nothing')).body).toEqual({ error: 'there is no GET /nothing; see --help' })
  expect((await control('POST', '/world/users', { keys: 1 })).body).toEqual({ error: 'email must be text' })
  const elsewhere = { ...simulator, endpoint: simulator.controlEndpoint }
  expect((await send(elsewhere, 'GET', '/oracle/users', { Host: 'evil.example' })).status).toBe(403)
})

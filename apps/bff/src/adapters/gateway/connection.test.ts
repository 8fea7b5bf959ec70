import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Fault } from '@ostor-console/gateway-sim/faults/faults'
import type { ConnectionState } from '@ostor-console/shared/cluster'
import { expect, onTestFinished, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'
import { testClock } from '../../../test/test-clock.ts'
import { createConnection } from './connection.ts'
import type { GatewayConfig } from './gateway.ts'
import { Secret } from './secret.ts'

const watched = async (config: Partial<GatewayConfig> = {}, fault?: Fault) => {
  const time = testClock(Date.parse('2026-11-23T10:00:00Z'))
  const parts = await simulated({ now: time.now() }, { callTimeoutMs: 700, ...config }, { now: time.now })
  if (fault) parts.simulator.control.faults.add(fault)
  return { ...parts, time, connection: createConnection(parts.gateway, { now: time.now }) }
}

test('a good answer is ok, with the time it took', async () => {
  const { connection, time } = await watched()
  expect(connection.state()).toMatchObject({ state: 'unreachable', lastOkAt: null })
  const at = time.now().toISOString()
  const ok = { state: 'ok', since: at, checkedAt: at, lastOkAt: at, detail: null, latencyMs: expect.any(Number) }
  expect(await connection.check()).toMatchObject(ok)
})

test.each<[ConnectionState, Partial<GatewayConfig>, Fault?]>([
  ['wrong-key', { secretAccessKey: Secret.of('wrong') }],
  ['wrong-key', { accessKeyId: '0123456789abcdefABCD' }],
  ['wrong-key', { secretAccessKey: Secret.of('wrong'), signature: 'v4' }],
  ['unreachable', { endpoint: 'http://127.0.0.1:1' }],
  ['unreachable', {}, { hang: 'before' }],
  ['not-ostor', {}, { html: true, status: 200 }],
  ['not-ostor', {}, { body: '<?xml version="1.0"?><ListAllMyBucketsResult/>' }],
  ['not-ostor', {}, { body: 'hello' }],
  ['refused', {}, { status: 400, code: 'InvalidRequest' }],
  ['ok', {}, { status: 404, code: 'NoSuchUser' }],
])('it is %s with %o and %j', async (state, config, fault) => {
  const { connection } = await watched(config, fault)
  expect(await connection.check()).toMatchObject({ state })
})

test.each([200, 301, 404, 405])('a web server that answers %d is no gateway', async (status) => {
  const server = createServer((_, response) =>
    response.writeHead(status, { 'content-type': 'text/html', location: '/x' }).end('<html>hello</html>'),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const { connection } = await watched({ endpoint: `http://127.0.0.1:${port}` })
  expect(await connection.check()).toMatchObject({ state: 'not-ostor' })
})

test('the key of an ordinary user is not that of a system user', async () => {
  const { simulator } = await watched()
  const [key] = simulator.control.users.create({ email: 'ana@example.com' }).keys
  const { connection } = await watched({
    endpoint: simulator.endpoint,
    accessKeyId: key?.id ?? '',
    secretAccessKey: Secret.of(key?.secret ?? ''),
  })
  expect(await connection.check()).toMatchObject({ state: 'not-system-user' })
})

test('clocks apart are told with the seconds', async () => {
  const { gateway } = await simulated({}, {}, { now: () => new Date(Date.now() - 3_600_000) })
  const connection = createConnection(gateway)
  const { state, clockSkewSeconds } = await connection.check()
  expect(state).toBe('clock')
  expect(Math.round((clockSkewSeconds ?? 0) / 60)).toBe(60)
})

test('the state has a start that only another state moves', async () => {
  const { connection, gateway, simulator, time } = await watched()
  await connection.check()
  const begun = connection.state().since
  time.later(60_000)
  await gateway.listUsers()
  expect(connection.state()).toMatchObject({ state: 'ok', since: begun, checkedAt: time.now().toISOString() })

  time.later(60_000)
  await simulator.close()
  await gateway.listUsers().catch(() => {})
  const failed = { state: 'unreachable', since: time.now().toISOString(), lastOkAt: '2026-11-23T10:01:00.000Z' }
  expect(connection.state()).toMatchObject(failed)
  time.later(60_000)
  expect(await connection.check()).toMatchObject(failed)
})

test('a request that is refused for what it asks is no fault of the connection', async () => {
  const { connection, gateway } = await watched()
  await gateway.deleteUser('0123456789abcdef').catch(() => {})
  expect(connection.state().state).toBe('ok')
})

import { afterEach, describe, expect, test } from 'vitest'
import { ask, exchange, send, signedV2 } from '../test/client.ts'
import type { SimulatorOptions } from './options.ts'
import { type Simulator, startSimulator } from './simulator.ts'

let simulator: Simulator
const start = async (options: SimulatorOptions = {}) => {
  simulator = await startSimulator({ users: 3, buckets: 6, days: 0, ...options })
}
afterEach(() => simulator.close())

const lines = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')

const isWhole = (text: string) => text.endsWith('0\r\n\r\n')

describe('requests as foreign libraries make them', () => {
  test.each(['PUT', 'POST'])(
    'a %s with an empty chunked body, no Content-Type and a Host without its port',
    async (method) => {
      await start()
      const email = simulator.control.oracle.users()[1]?.email
      const query = method === 'PUT' ? 'emailAddress=new@example.org' : `genKey&emailAddress=${email}`
      const head = `${method} /?ostor-users&${query} HTTP/1.1\r\nHost: 127.0.0.1\r\n`
      const signed = lines(signedV2(simulator, method, '/?ostor-users'))
      const { text } = await exchange(simulator, `${head}${signed}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, isWhole)
      expect(text).toContain('HTTP/1.1 200 OK')
    },
  )

  test('HTTP/1.0 gets an answer without chunks', async () => {
    await start()
    const { text } = await exchange(
      simulator,
      `GET /?ostor-users HTTP/1.0\r\n${lines(signedV2(simulator, 'GET', '/?ostor-users'))}\r\n`,
    )
    expect(text).not.toMatch(/transfer-encoding/i)
    expect(text.endsWith(']}')).toBe(true)
  })

  test('an absolute request target, as a proxy sends it', async () => {
    await start()
    const headers = signedV2(simulator, 'GET', '/?ostor-users')
    expect((await send(simulator, 'GET', 'http://s3.example.com/?ostor-users', headers)).status).toBe(200)
  })

  test('parameters in any order, raw or encoded', async () => {
    await start()
    const { email = '' } = simulator.control.oracle.users()[1] ?? {}
    for (const text of [email, encodeURIComponent(email), email.replace('.', '%2e')]) {
      expect((await ask(simulator, 'POST', `ostor-users&emailAddress=${text}&disable`)).status).toBe(200)
      expect((await ask(simulator, 'POST', `ostor-users&enable&emailAddress=${text}`)).status).toBe(200)
    }
  })

  test('several requests on one connection', async () => {
    await start()
    const one = `GET /?ostor-users HTTP/1.1\r\nHost: h\r\n${lines(signedV2(simulator, 'GET', '/?ostor-users'))}\r\n`
    await exchange(simulator, one + one, (text) => text.split('0\r\n\r\n').length === 3)
    expect(simulator.control.calls().map(({ isConnectionReused }) => isConnectionReused)).toEqual([false, true])
  })
})

describe('an answer', () => {
  test('has the headers of the reference, and a request id of its own', async () => {
    await start()
    const [first, second] = [await ask(simulator, 'GET', 'ostor-users'), await ask(simulator, 'GET', 'ostor-users')]
    expect(first.headers['x-amz-request-id']).toMatch(/^80{9}000065[0-9a-f]{16}$/)
    expect(second.headers['x-amz-request-id']).not.toBe(first.headers['x-amz-request-id'])
    expect(first.headers['x-amz-req-time-micros']).toMatch(/^\d+$/)
    expect(first.headers).toMatchObject({ 'transfer-encoding': 'chunked', 'content-type': 'application/json' })
  })

  test.each([
    ['header', '', 'NoSuchUser', 'application/xml'],
    ['html', '<html>', undefined, 'text/html'],
  ] as const)('with an error comes as %s on request', async (errorStyle, text, code, type) => {
    await start({ errorStyle })
    const reply = await ask(simulator, 'GET', 'ostor-users&id=0')
    expect(reply.status).toBe(404)
    expect(reply.text.startsWith(text)).toBe(true)
    expect(reply.headers['x-amz-err-code']).toBe(code)
    expect(reply.headers['content-type']).toBe(type)
  })

  test('is 405 for a method the service does not have, and 400 for a service that is none', async () => {
    await start()
    expect((await ask(simulator, 'PATCH', 'ostor-users')).status).toBe(405)
    expect((await ask(simulator, 'PUT', 'ostor-usage')).status).toBe(405)
    expect((await ask(simulator, 'GET', 'ostor-nothing')).status).toBe(400)
    await simulator.close()
    await start({ version: '4.5' })
    expect((await ask(simulator, 'POST', 'ostor-accounts')).status).toBe(400)
  })

  test('has the Date of the simulated clock, shifted on request', async () => {
    await start({ now: '2026-01-02T03:04:05Z', dateShiftSeconds: 60 })
    simulator.control.clock.setNow('2026-01-02T03:04:05Z')
    simulator.control.clock.freeze()
    expect((await ask(simulator, 'GET', 'ostor-users')).headers['date']).toBe(
      new Date('2026-01-02T03:05:05Z').toUTCString(),
    )
  })
})

describe('the log of calls', () => {
  test('keeps what was received as it was, without what could sign another request', async () => {
    await start()
    await ask(simulator, 'GET', 'ostor-usage&limit=2&after=a%2Bb')
    const [call] = simulator.control.calls()
    expect(call).toMatchObject({
      method: 'GET',
      service: 'ostor-usage',
      url: '/?ostor-usage&limit=2&after=a%2Bb',
      parameters: [
        { name: 'limit', value: '2' },
        { name: 'after', value: 'a+b' },
      ],
      status: 200,
      isCarriedOut: true,
    })
    expect(call?.headerNames).toContain('Authorization')
    expect(JSON.stringify(call)).not.toContain('AWS ')
    simulator.control.clearCalls()
    expect(simulator.control.calls()).toEqual([])
  })
})

describe('beside the services', () => {
  test('S3 itself lists the buckets of the caller', async () => {
    await start()
    const owner = simulator.control.oracle.users().find(({ id }) => simulator.control.oracle.buckets(id).length > 0)
    const key = { keyId: owner?.keys[0]?.id ?? '', secret: owner?.keys[0]?.secret ?? '' }
    const reply = await send(simulator, 'GET', '/', signedV2(simulator, 'GET', '/', key))
    for (const name of simulator.control.oracle.buckets(owner?.id)) expect(reply.text).toContain(`<Name>${name}</Name>`)
  })

  test('the owner of a bucket sets, reads and removes its replication, and nobody else does', async () => {
    await start()
    const [name = ''] = simulator.control.oracle.buckets()
    const ownerId = simulator.control.oracle.size(name)?.ownerId ?? ''
    const pair = simulator.control.oracle.user(ownerId)?.keys[0]
    const key = { keyId: pair?.id ?? '', secret: pair?.secret ?? '' }
    const call = (method: string, headers = {}, body = '') => {
      const signed = signedV2(simulator, method, `/${name}/?replication`, { ...key, headers })
      return send(simulator, method, '/?replication', { ...signed, Host: `${name}.s3.example.com` }, body)
    }
    expect((await call('GET')).status).toBe(404)
    const geo = { 'x-amz-geo-access-key': 'k', 'x-amz-geo-access-secret': 's', 'x-amz-geo-endpoint': 'http://other' }
    expect((await call('PUT', geo, '<ReplicationConfiguration/>')).status).toBe(200)
    expect(await call('GET')).toMatchObject({ status: 200, text: '<ReplicationConfiguration/>', headers: geo })
    expect((await call('DELETE')).status).toBe(200)
    expect((await call('GET')).status).toBe(404)
    const system = signedV2(simulator, 'GET', `/${name}/?replication`)
    expect((await send(simulator, 'GET', `/${name}?replication`, system)).status).toBe(403)
  })
})

import aws4 from 'aws4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, send, signedV2 } from '../../test/client.ts'
import { type Simulator, startSimulator } from '../simulator.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ days: 1 })
})
afterAll(() => simulator.close())

const codeOf = (text: string) => /<Code>(.*)<\/Code>/.exec(text)?.[1]

const signedV4 = (
  method: string,
  path: string,
  more: { body?: string; headers?: Record<string, string>; region?: string } = {},
) => {
  const { region = 'us-east-1', ...parts } = more
  const credentials = { accessKeyId: simulator.accessKeyId, secretAccessKey: simulator.secretAccessKey }
  const host = simulator.endpoint.slice('http://'.length)
  const { headers } = aws4.sign({ host, method, path, service: 's3', region, ...parts }, credentials)
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]))
}

describe('with Signature V2', () => {
  test('all four forms of the vendor, its guides and real clients are accepted', async () => {
    const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
    expect((await ask(simulator, 'GET', 'ostor-users')).status).toBe(200)
    expect((await ask(simulator, 'GET', 'ostor-users', { headers: unsigned, contentType: '' })).status).toBe(200)
    expect((await ask(simulator, 'GET', 'ostor-users', { contentType: 'application/json' })).status).toBe(200)
    const agent = { Accept: '*/*', 'User-Agent': 'Mozilla/5.0 (compatible; ostor-client/1.0)' }
    expect((await ask(simulator, 'GET', 'ostor-users', { headers: agent })).status).toBe(200)
  })

  test('parameters are not part of what is signed', async () => {
    const resource = '/?ostor-users&space'
    const reply = await ask(simulator, 'GET', 'ostor-users&space', { resource })
    expect([reply.status, codeOf(reply.text)]).toEqual([403, 'SignatureDoesNotMatch'])
  })

  test('a service written with = is not what the gateway signs', async () => {
    const headers = signedV2(simulator, 'GET', '/?ostor-users')
    const reply = await send(simulator, 'GET', '/?ostor-users=&space', headers)
    expect([reply.status, codeOf(reply.text)]).toEqual([403, 'SignatureDoesNotMatch'])
  })

  test('a Content-Type that was sent must be signed', async () => {
    const headers = { ...signedV2(simulator, 'PUT', '/?ostor-users'), 'Content-Type': 'text/plain' }
    const reply = await send(simulator, 'PUT', '/?ostor-users&emailAddress=x@y.example', headers)
    expect([reply.status, codeOf(reply.text)]).toEqual([403, 'SignatureDoesNotMatch'])
  })

  test.each([
    ['a numeric zone', '+0100', 3_600_000],
    ['GMT', 'GMT', 0],
  ])('a Date with %s is read', async (_name, zone, offset) => {
    const date = new Date(simulator.control.clock.now() + offset).toUTCString().replace('GMT', zone)
    expect((await ask(simulator, 'GET', 'ostor-users', { date })).status).toBe(200)
  })

  test('a Date in a form that is none is refused', async () => {
    const date = 'Thu, 07 Apr 2016 16:01:03 GMT +3:00'
    expect((await ask(simulator, 'GET', 'ostor-users', { date })).status).toBe(403)
  })
})

describe('with Signature V4', () => {
  test.each(['us-east-1', 'eu-central-7'])(
    'the header form is accepted, the region %s taken from the scope',
    async (region) => {
      const path = '/?ostor-users&emailAddress=a%2Bb%40c.example'
      expect((await send(simulator, 'GET', path, signedV4('GET', path, { region }))).status).toBe(404)
      const list = '/?ostor-users'
      expect((await send(simulator, 'GET', list, signedV4('GET', list, { region }))).status).toBe(200)
    },
  )

  test('a write with flags and no body is accepted', async () => {
    const path = `/?ostor-users&genKey&emailAddress=${encodeURIComponent(simulator.control.oracle.users()[1]?.email ?? '')}`
    const headers = { ...signedV4('POST', path), 'Content-Length': '0' }
    expect((await send(simulator, 'POST', path, headers)).status).toBe(200)
  })

  test('the whole query is signed', async () => {
    const headers = signedV4('GET', '/?ostor-users&id=0000000000000000')
    const reply = await send(simulator, 'GET', '/?ostor-users&id=0000000000000001', headers)
    expect([reply.status, codeOf(reply.text)]).toEqual([403, 'SignatureDoesNotMatch'])
  })

  test('a body is covered by its hash', async () => {
    const path = '/?ostor-buckets&multi'
    const body = JSON.stringify(simulator.control.oracle.buckets().slice(0, 2))
    const headers = signedV4('GET', path, { body, headers: { 'X-Amz-Content-Sha256': 'e'.repeat(64) } })
    const reply = await send(simulator, 'GET', path, headers, body)
    expect([reply.status, codeOf(reply.text)]).toEqual([400, 'XAmzContentSHA256Mismatch'])
  })

  test('a parameter given twice is refused, since signers disagree about it', async () => {
    const path = '/?ostor-usage&limit=1&limit=2'
    const headers = signedV4('GET', path)
    expect((await send(simulator, 'GET', path, headers)).status).toBeGreaterThanOrEqual(400)
  })

  test('a chunked payload is not supported', async () => {
    const streaming = { 'X-Amz-Content-Sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }
    const headers = signedV4('GET', '/?ostor-users', { headers: streaming })
    expect((await send(simulator, 'GET', '/?ostor-users', headers)).status).toBe(501)
  })
})

describe('is refused as S3 refuses', () => {
  test('a request without a signature', async () => {
    const reply = await send(simulator, 'GET', '/?ostor-users', {})
    expect([reply.status, codeOf(reply.text)]).toEqual([403, 'AccessDenied'])
    expect(reply.headers['content-type']).toBe('application/xml')
    expect(reply.headers['x-amz-err-message']).toBe('Access Denied')
    expect(reply.headers['x-amz-err-code']).toBe('AccessDenied')
  })

  test('an unknown key', async () => {
    const reply = await ask(simulator, 'GET', 'ostor-users', { keyId: '0000000000000000AAAA' })
    expect([reply.status, codeOf(reply.text)]).toEqual([403, 'InvalidAccessKeyId'])
  })

  test('a wrong secret', async () => {
    const reply = await ask(simulator, 'GET', 'ostor-users', { secret: 'x' })
    expect([reply.status, codeOf(reply.text)]).toEqual([403, 'SignatureDoesNotMatch'])
  })

  test.each([-16, 16])('a clock %i minutes off', async (minutes) => {
    const headers = signedV2(simulator, 'GET', '/?ostor-users')
    simulator.control.clock.advance(minutes * 60_000)
    const reply = await send(simulator, 'GET', '/?ostor-users', headers)
    simulator.control.clock.advance(-minutes * 60_000)
    expect([reply.status, codeOf(reply.text)]).toEqual([403, 'RequestTimeTooSkewed'])
  })

  test('the key of a user who is not a system user, even if it is right', async () => {
    const [key] = simulator.control.users.create({ email: 'plain@example.org' }).keys
    const reply = await ask(simulator, 'GET', 'ostor-users', { keyId: key?.id ?? '', secret: key?.secret ?? '' })
    expect([reply.status, codeOf(reply.text)]).toEqual([403, 'AccessDenied'])
  })

  test('the key of a disabled system user', async () => {
    const { id, keys } = simulator.control.users.create({ email: 'second@system.example', flags: ['system'] })
    const key = { keyId: keys[0]?.id ?? '', secret: keys[0]?.secret ?? '' }
    expect((await ask(simulator, 'GET', 'ostor-users', key)).status).toBe(200)
    simulator.control.users.setState(id, 'disabled')
    expect((await ask(simulator, 'GET', 'ostor-users', key)).status).toBe(403)
  })
})

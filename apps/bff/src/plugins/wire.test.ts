import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keptLog } from '../../test/log.ts'
import { FROM_CONSOLE, world } from '../../test/world.ts'

/** Sends bytes as they are and answers what came back until the connection ended or nothing more came. */
const exchange = (port: number, text: string, { endsAfterMs = 400 } = {}): Promise<string> =>
  new Promise((resolve) => {
    let got = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
    socket.setTimeout(endsAfterMs, () => socket.destroy())
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1')
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(got))
  })

const listening = async (options: Parameters<typeof world>[0] = {}) => {
  const built = await world({ signedIn: false, ...options })
  await built.app.listen({ host: '127.0.0.1', port: 0 })
  const address = built.app.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { port } = address
  const send = (text: string) => exchange(port, text.replaceAll('\n', '\r\n'))
  return { ...built, port, send, sendBare: (text: string) => exchange(port, text) }
}

let open: Awaited<ReturnType<typeof listening>>

beforeAll(async () => {
  open = await listening({ closes: false })
})
afterAll(() => open.close())

const GET = 'GET /api/v1/session HTTP/1.1\nHost: 127.0.0.1\n'
const POST = 'POST /api/v1/session HTTP/1.1\nHost: 127.0.0.1\nSec-Fetch-Site: same-origin\nX-Requested-By: console\n'
const JSON_TYPE = 'Content-Type: application/json\n'

describe('a request on the wire', () => {
  test.each([
    ['B74 with both framings', `${POST}${JSON_TYPE}Content-Length: 2\nTransfer-Encoding: chunked\n\n0\n\n`, 400],
    ['B74 with two lengths', `${POST}${JSON_TYPE}Content-Length: 2\nContent-Length: 3\n\n{}`, 400],
    ['B74 with a framing that does not exist', `${POST}${JSON_TYPE}Transfer-Encoding: xchunked\n\n{}`, 400],
    ['B74 with a space before the colon', `${GET}X-A : b\n\n`, 400],
    ['B74 with a NUL in a header', `${GET}X-A: b\0c\n\n`, 400],
    ['B75 with two hosts', `${GET}Host: evil.example\n\n`, 400],
    ['B75 to another host', GET.replace('Host: 127.0.0.1', 'Host: evil.example').concat('\n'), 400],
    ['B75 to another host that begins like ours', GET.replace('127.0.0.1', '127.0.0.1.evil.example').concat('\n'), 400],
    ['B75 with an absolute address', GET.replace('/api', 'http://evil.example/api').concat('\n'), 400],
    ['B75 without a host', 'GET /api/v1/session HTTP/1.1\n\n', 400],
    ['B76 with a header of 20 KB', `${GET}X-A: ${'a'.repeat(20_000)}\n\n`, 431],
    ['B76 with an address of 20 KB', GET.replace('session', 'a'.repeat(20_000)).concat('\n'), 431],
    ['B76 with 200 headers', `${GET}${Array.from({ length: 200 }, (_, n) => `X-${n}: 1\n`).join('')}\n`, 431],
    ['B76 with a body of 2 MiB', `${POST}${JSON_TYPE}Content-Length: 2097152\n\n`, 413],
    ['B78 with a compressed body', `${POST}${JSON_TYPE}Content-Encoding: gzip\nContent-Length: 2\n\n{}`, 415],
    ['B79 with two types', `${POST}${JSON_TYPE}Content-Type: text/plain\nContent-Length: 2\n\n{}`, 400],
    ['B85 TRACE', GET.replace('GET', 'TRACE').concat('\n'), 405],
    ['B85 PROPFIND', GET.replace('GET', 'PROPFIND').concat('\n'), 405],
    ['B85 a method in lower case', GET.replace('GET', 'get').concat('\n'), 400],
    ['M12 a path that cannot be decoded', GET.replace('session', '%zz').concat('\n'), 400],
  ])('%s is refused', async (_, text, status) => {
    const { send } = open
    expect((await send(text)).split('\r\n')[0]).toContain(`HTTP/1.1 ${status} `)
  })

  test('B74 that was answered before its end turned out to be unreadable gets no second answer', async () => {
    const { send } = open
    const long = POST.replace('session', `clusters/${'x'.repeat(5_000)}`)
    const answer = await send(`${long}${JSON_TYPE}Transfer-Encoding: xchunked\n\n{}`)
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 414'])
  })

  test('B74 with bare line feeds is refused', async () => {
    const { sendBare } = open
    expect(await sendBare(GET.concat('\n'))).toContain('HTTP/1.1 400 ')
  })

  test('B85 CONNECT opens nothing', async () => {
    const { send } = open
    expect(await send('CONNECT evil.example:443 HTTP/1.1\nHost: evil.example:443\n\n')).not.toContain(' 200 ')
  })

  test('B85 a method cannot be overridden by a header', async () => {
    const { app } = open
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' }
    expect((await app.inject({ url: '/api/v1/session', headers })).json()).toMatchObject({ state: 'signed-out' })
  })

  test('B77 a body that stops half-way ends with the connection', async () => {
    const server = {
      requestTimeout: 100,
      http: { connectionsCheckingInterval: 20, maxHeaderSize: 16_384, headersTimeout: 100 },
    }
    const { port } = await listening({ parts: { server } })
    const text = `${POST}${JSON_TYPE}Content-Length: 20\n\n{"a"`.replaceAll('\n', '\r\n')
    expect(await exchange(port, text, { endsAfterMs: 10_000 })).toContain('HTTP/1.1 408 ')
  })

  test('M14 no wait is without an end', async () => {
    const { app } = open
    const { requestTimeout, timeout, keepAliveTimeout } = app.server
    expect({ requestTimeout, timeout, keepAliveTimeout }).toEqual({
      requestTimeout: 15_000,
      timeout: 75_000,
      keepAliveTimeout: 5_000,
    })
    expect(app.initialConfig).toMatchObject({ handlerTimeout: 60_000 })
  })

  test('M13 what Node itself refuses is a problem document too', async () => {
    const { send } = open
    const answer = await send(`${GET}X-A : b\n\n`)
    expect(answer).toContain('application/problem+json')
    expect(answer).toContain('"status":400')
  })
})

const post = async (type: string | undefined, payload = '{}') => {
  const { app } = open
  return app.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: { ...FROM_CONSOLE, ...(type !== undefined && { 'content-type': type }) },
    payload,
  })
}

describe('the type of a body', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'Application/JSON',
  ])('B79 %j is JSON, and is validated', async (type) => {
    const reply = await post(type)
    expect(reply.statusCode).toBe(400)
    expect(reply.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/body/email',
      '/body/password',
    ])
  })

  test.each([
    undefined,
    '',
    'text/plain',
    'text/plain;application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=a',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json;charset=utf-8;charset=utf-16',
    'application/json, text/plain',
    'application/jsonp',
    'application/json+x',
    'application/problem+json',
    'application/ json',
    'application/json\t;',
    'json',
    '*/*',
  ])('B79 B80 M11 %j is refused', async (type) => {
    expect((await post(type)).statusCode).toBe(415)
  })
})

describe('an address', () => {
  test('M12 may hold a name of 4,096 bytes, and no longer one', async () => {
    const { admin } = await world()
    const long = (length: number) => admin('GET', `/api/v1/clusters/demo/buckets/${'a'.repeat(length)}/limits`)
    expect((await long(4097)).statusCode).toBe(414)
    expect([404, 200]).toContain((await long(254)).statusCode)
  })

  test.each([
    '//api/v1/clusters',
    '/API/v1/clusters',
    '/api/v1/clusters;x=1',
    '/api/v1/clusters/',
    '/api/v1/%63lusters',
    '/%61pi/v1/clusters',
    '/api/v1/./clusters',
    '/api/v1//clusters',
    '/api/v1/clusters%00',
    '/api/v1/session/../clusters',
    '/x/..%2fapi/v1/clusters',
  ])('B87 %s leads nowhere without a session', async (url) => {
    const { app } = open
    const { statusCode, body } = await app.inject({ url })
    expect([400, 401, 404]).toContain(statusCode)
    expect(body).not.toContain('endpoint')
  })

  test('B88 that does not exist is not repeated in the answer', async () => {
    const { app } = open
    const reply = await app.inject({ url: '/%3Cscript%3Ealert(1)%3C/script%3E?q=<b>canary</b>' })
    expect(reply.statusCode).toBe(404)
    expect(reply.headers['content-type']).toContain('application/problem+json')
    expect(reply.body).not.toMatch(/script|alert|canary/)
  })

  test('B86 what a stranger says of where a request came from is not believed', async () => {
    const log = keptLog()
    const { app } = await world({ signedIn: false, parts: { logger: log.logger } })
    const headers = {
      'x-forwarded-for': '10.9.9.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      forwarded: 'for=10.9.9.9',
    }
    expect((await app.inject({ url: '/livez', headers })).statusCode).toBe(200)
    expect(log.text()).toContain('"remoteAddress":"127.0.0.1"')
    expect(log.text()).not.toMatch(/10\.9\.9\.9|evil/)
  })

  test.each(['__proto__', 'constructor', 'prototype'])('B86 a header called %s harms nothing', async (name) => {
    const { send } = open
    expect(await send(`${GET}${name}: x\n\n`)).toContain('HTTP/1.1 200 ')
  })

  test('a parameter that is given twice is refused', async () => {
    const { admin } = await world()
    const reply = await admin('GET', '/api/v1/clusters/demo/audit?limit=1&limit=2')
    expect(reply.json()).toMatchObject({ type: '/problems/request-invalid', errors: [{ pointer: '/query/limit' }] })
  })
})

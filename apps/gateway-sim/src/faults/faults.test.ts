import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, exchange, read, signedV2 } from '../../test/client.ts'
import { type Simulator, startSimulator } from '../simulator.ts'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ users: 3, buckets: 0, days: 0 })
})
afterEach(() => simulator.close())

const emailOf = () => simulator.control.oracle.users()[1]?.email ?? ''
const keyCount = () => simulator.control.oracle.users()[1]?.keys.length
const genKey = () => ask(simulator, 'POST', `ostor-users&emailAddress=${emailOf()}&genKey`)

/** The bytes of a signed GET on a connection that stays open. */
const bytes = () => {
  const headers = Object.entries(signedV2(simulator, 'GET', '/?ostor-users')).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return `GET /?ostor-users HTTP/1.1\r\nHost: gateway\r\n${headers.join('')}\r\n`
}

describe('a fault touches', () => {
  test('the calls that match its method, service and parameters, and no other', async () => {
    simulator.control.faults.add({ method: 'GET', service: 'ostor-users', parameters: { space: null }, status: 503 })
    expect((await ask(simulator, 'GET', 'ostor-users')).status).toBe(200)
    expect((await ask(simulator, 'GET', 'ostor-buckets')).status).toBe(200)
    expect((await ask(simulator, 'GET', 'ostor-users&space')).status).toBe(503)
  })

  test('only calls on a connection used before, or only those on a fresh one', async () => {
    simulator.control.faults.add({ reused: true, status: 503 })
    const { text } = await exchange(
      simulator,
      bytes() + bytes(),
      (sofar) => sofar.includes('503') && sofar.endsWith('0\r\n\r\n'),
    )
    expect(text.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 503'])
    simulator.control.faults.clear()
    simulator.control.faults.add({ reused: false, status: 500 })
    expect((await ask(simulator, 'GET', 'ostor-users')).status).toBe(500)
  })

  test('the nth call, once, and then as often as it says', async () => {
    simulator.control.faults.add({ nth: 2, status: 500 })
    simulator.control.faults.add({ nth: 4, times: 2, status: 503 })
    const statuses: number[] = []
    for (let call = 0; call < 6; call++) statuses.push((await ask(simulator, 'GET', 'ostor-users')).status)
    expect(statuses).toEqual([200, 500, 200, 503, 503, 200])
  })

  test('nothing any more once it is cleared', async () => {
    const first = simulator.control.faults.add({ status: 500 })
    simulator.control.faults.add({ status: 503 })
    simulator.control.faults.clear(first)
    expect((await ask(simulator, 'GET', 'ostor-users')).status).toBe(503)
    simulator.control.faults.clear()
    expect((await ask(simulator, 'GET', 'ostor-users')).status).toBe(200)
  })
})

describe('a write', () => {
  test('answered with a status alone is not carried out, and with commit it is', async () => {
    simulator.control.faults.add({ status: 503, code: 'SlowDown', message: 'Please reduce your request rate.', nth: 1 })
    const reply = await genKey()
    expect([reply.status, reply.headers['x-amz-err-code'], keyCount()]).toEqual([503, 'SlowDown', 1])
    simulator.control.faults.add({ status: 500, commit: true, nth: 1 })
    expect([(await genKey()).status, keyCount()]).toEqual([500, 2])
    expect(simulator.control.calls().map(({ isCarriedOut }) => isCarriedOut)).toEqual([false, true])
  })

  test.each([
    ['before', 1],
    ['after', 2],
  ] as const)('whose connection is reset %s leaves %i key(s)', async (reset, keys) => {
    simulator.control.faults.add({ reset, method: 'POST' })
    await expect(genKey()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(keyCount()).toBe(keys)
  })

  test.each([
    ['before', 1],
    ['after', 2],
  ] as const)('that hangs %s leaves %i key(s) and no answer', async (hang, keys) => {
    simulator.control.faults.add({ hang })
    const lost = genKey().catch(({ code }: NodeJS.ErrnoException) => code)
    await expect.poll(() => simulator.control.faults.list()[0]?.touched).toBe(1)
    await expect.poll(keyCount).toBe(keys)
    expect(simulator.control.calls()[0]?.status).toBeUndefined()
    await simulator.close()
    expect(await lost).toBe('ECONNRESET')
  })
})

describe('a held write', () => {
  test('waits with its answer until it is released', async () => {
    simulator.control.faults.add({ hold: true })
    const answer = genKey()
    await expect.poll(() => simulator.control.faults.list()[0]?.touched).toBe(1)
    expect(keyCount()).toBe(1)
    expect(simulator.control.faults.release()).toBe(1)
    expect([(await answer).status, keyCount()]).toEqual([200, 2])
  })

  test('takes effect after its connection was reset', async () => {
    simulator.control.faults.add({ hold: true, reset: 'before', method: 'POST' })
    await expect(genKey()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(keyCount()).toBe(1)
    simulator.control.faults.release()
    await expect.poll(keyCount).toBe(2)
  })

  test('takes effect after it was confirmed, as on a gateway that is consistent in the end', async () => {
    simulator.control.faults.add({ hold: true, status: 200, method: 'POST' })
    const disable = await ask(simulator, 'POST', `ostor-users&emailAddress=${emailOf()}&disable`)
    expect([disable.status, disable.text]).toEqual([200, ''])
    expect(simulator.control.oracle.users()[1]?.state).toBe('enabled')
    simulator.control.faults.release()
    await expect.poll(() => simulator.control.oracle.users()[1]?.state).toBe('disabled')
  })
})

describe('an answer', () => {
  test('is an HTML page of the front end, without the headers of the gateway', async () => {
    simulator.control.faults.add({ html: true })
    const reply = await ask(simulator, 'GET', 'ostor-users')
    expect([reply.status, reply.headers['content-type'], reply.headers['x-amz-err-code']]).toEqual([
      502,
      'text/html',
      undefined,
    ])
    expect(reply.text).toContain('<center><h1>502 Bad Gateway</h1></center>')
  })

  test('has the body, the headers and the Date it is told to', async () => {
    simulator.control.faults.add({ body: 'null', headers: { 'Retry-After': '7' }, dateShiftSeconds: -3600, nth: 1 })
    const reply = await ask(simulator, 'GET', 'ostor-users')
    expect([reply.text, reply.headers['retry-after']]).toEqual(['null', '7'])
    const apart = simulator.control.clock.now() - Date.parse(String(reply.headers['date']))
    expect(Math.round(apart / 60_000)).toBe(60)
    simulator.control.faults.add({ date: '', nth: 1 })
    expect((await ask(simulator, 'GET', 'ostor-users')).headers['date']).toBeUndefined()
  })

  test.each([
    ['content-length', /\r\nContent-Length: \d{3,}\r\n/],
    ['chunked', /\r\nTransfer-Encoding: chunked\r\n/],
    ['close', /\r\nConnection: close\r\n/],
  ] as const)('is cut at byte 10 and framed by %s', async (framing, head) => {
    simulator.control.faults.add({ cutAt: 10, framing })
    const { text } = await exchange(simulator, bytes())
    const [before = '', body = ''] = text.split('\r\n\r\n')
    expect(`${before}\r\n`).toMatch(head)
    expect(body).toBe(framing === 'chunked' ? 'a\r\n{"Users":[\r\n' : '{"Users":[')
  })

  test('is cut at byte 10 and framed as if it were whole', async () => {
    simulator.control.faults.add({ cutAt: 10, framing: 'short' })
    expect((await ask(simulator, 'GET', 'ostor-users')).text).toBe('{"Users":[')
  })

  test('comes in drips, whole in the end', async () => {
    simulator.control.faults.add({ drip: { bytes: 50, everyMs: 1 } })
    expect((await read(simulator, 'ostor-users')).Users).toHaveLength(4)
  })

  test('comes late', async () => {
    simulator.control.faults.add({ latencyMs: 5 })
    expect((await read(simulator, 'ostor-users')).Users).toHaveLength(4)
  })

  test('comes twice on the same connection', async () => {
    simulator.control.faults.add({ duplicate: true })
    const { text } = await exchange(
      simulator,
      bytes(),
      (sofar) => sofar.split('HTTP/1.1 200').length === 3 && sofar.endsWith(']}'),
    )
    expect(text.split('HTTP/1.1 200 OK')).toHaveLength(3)
    expect(text.split('{"Users":[')).toHaveLength(3)
  })
})

import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import { inspect } from 'node:util'
import type { Fault } from '@ostor-console/gateway-sim/faults/faults'
import { type ProblemKind, problem } from '@ostor-console/shared/problem'
import { describe, expect, onTestFinished, test } from 'vitest'
import { simulated } from '../../../test/simulated-gateway.ts'
import { createGateway } from './gateway.ts'
import { Secret } from './secret.ts'

const kind = (name: ProblemKind) => ({ problem: { type: problem(name).problem.type } })
const ANA = 'ana@example.com'

const withAna = async (fault: Fault, config = {}) => {
  const parts = await simulated({}, { callTimeoutMs: 700, listTimeoutMs: 700, ...config })
  const ana = parts.simulator.control.users.create({ email: ANA })
  parts.simulator.control.faults.add(fault)
  return { ...parts, ana, calls: parts.simulator.control.calls }
}

describe('reads', () => {
  test.each([
    { status: 503 },
    { status: 429 },
    { status: 500 },
    { reset: 'before' },
    { reset: 'after' },
    { cutAt: 5 },
    { html: true },
  ] satisfies Fault[])('one passing failure is not seen: %j', async (fault) => {
    const { gateway, ana, calls } = await withAna({ ...fault, nth: 1 })
    expect((await gateway.getUser(ana.id)).email).toBe(ANA)
    expect(calls()).toHaveLength(2)
  })

  test('three tries are the most', async () => {
    const { gateway, ana, calls } = await withAna({ status: 503 }, { callTimeoutMs: 5000 })
    await expect(gateway.getUser(ana.id)).rejects.toMatchObject(kind('gateway-unreachable'))
    expect(calls()).toHaveLength(3)
  })

  test('a wait that the gateway asks for and that the deadline does not allow is not waited', async () => {
    const { gateway, ana, calls } = await withAna({ status: 503, headers: { 'Retry-After': '60' } })
    await expect(gateway.getUser(ana.id)).rejects.toMatchObject({ problem: { retryAfterSeconds: 60 } })
    expect(calls()).toHaveLength(1)
  })

  test('after five calls in a row without an answer, the gateway is left alone for a while', async () => {
    const { gateway, ana, calls } = await withAna({ status: 503, headers: { 'Retry-After': '60' } })
    for (let call = 0; call < 7; call++)
      await expect(gateway.getUser(ana.id)).rejects.toMatchObject(kind('gateway-unreachable'))
    expect(calls()).toHaveLength(5)
  })

  test('a gateway that was left alone is asked again as soon as it answers anything', async () => {
    const { gateway, ana, simulator } = await withAna({ reset: 'before' })
    for (let call = 0; call < 6; call++)
      await expect(gateway.getUser(ana.id)).rejects.toMatchObject(kind('gateway-unreachable'))
    simulator.control.faults.clear()
    await gateway.ping()
    expect((await gateway.getUser(ana.id)).email).toBe(ANA)
  })

  test.each<[string, Fault, ProblemKind]>([
    ['silence', { hang: 'before' }, 'gateway-unreachable'],
    ['a drip of bytes', { drip: { bytes: 1, everyMs: 100 } }, 'gateway-unreachable'],
    ['HTML', { body: '<html>hello</html>', headers: { 'Content-Type': 'text/html' } }, 'gateway-not-ostor'],
    ['the XML of S3', { body: '<?xml version="1.0"?><ListAllMyBucketsResult/>' }, 'gateway-not-ostor'],
    ['a redirect', { status: 302, headers: { Location: 'http://127.0.0.1:1/' } }, 'gateway-not-ostor'],
    ['nothing', { body: '' }, 'gateway-bad-reply'],
    ['null', { body: 'null' }, 'gateway-bad-reply'],
    ['an object without a user', { body: '{}' }, 'gateway-bad-reply'],
    ['half a JSON that is framed as if whole', { cutAt: 40, framing: 'short' }, 'gateway-bad-reply'],
    ['half a JSON that ends with the connection', { cutAt: 40, framing: 'close' }, 'gateway-bad-reply'],
    ['half a JSON of announced length', { cutAt: 40 }, 'gateway-bad-reply'],
    ['half a JSON in chunks', { cutAt: 40, framing: 'chunked' }, 'gateway-bad-reply'],
    ['a refusal', { status: 418, code: 'Teapot', message: 'no' }, 'gateway-refused'],
    ['a head of 100 KB', { headers: { 'X-Long': 'x'.repeat(100_000) } }, 'gateway-not-ostor'],
    ['denial', { status: 403, code: 'AccessDenied' }, 'gateway-key-not-system'],
    ['a wrong signature', { status: 403, code: 'SignatureDoesNotMatch' }, 'gateway-key-wrong'],
  ])('%s is told apart', async (_, fault, expected) => {
    const { gateway, ana } = await withAna(fault)
    await expect(gateway.getUser(ana.id)).rejects.toMatchObject(kind(expected))
    await expect(gateway.listUsers()).rejects.toMatchObject(kind(expected))
  })

  test.each(['content-length', 'chunked', 'close', 'short'] as const)(
    'a list that is cut anywhere is never a shorter list: %s',
    async (framing) => {
      const { gateway, simulator } = await simulated({ users: 1, buckets: 2 })
      await gateway.listUsers()
      const reply = await fetchWhole(gateway)
      for (let cutAt = 0; cutAt < reply; cutAt++) {
        simulator.control.faults.clear()
        simulator.control.faults.add({ service: 'ostor-usage', cutAt, framing })
        const page = await gateway.listStatistics({ limit: 1 }).catch((error: unknown) => error)
        expect(page, `${cutAt} bytes`).toMatchObject(kind('gateway-bad-reply'))
      }
    },
  )
})

const fetchWhole = async (gateway: Awaited<ReturnType<typeof simulated>>['gateway']): Promise<number> => {
  const { names, truncated } = await gateway.listStatistics({ limit: 1 })
  return JSON.stringify({ nr_items: 1, truncated, items: names }).length
}

describe('writes', () => {
  const write = {
    create: (gateway: Gateway) => gateway.createUser('new@example.com'),
    key: (gateway: Gateway, known: string[]) => gateway.generateKey(ANA, known),
    disable: (gateway: Gateway) => gateway.setUserState(ANA, 'disabled'),
  }
  type Gateway = Awaited<ReturnType<typeof withAna>>['gateway']

  test.each<[string, Fault, ProblemKind]>([
    ['a reset before it is carried out', { reset: 'before' }, 'outcome-unknown'],
    ['a reset after it', { reset: 'after' }, 'outcome-unknown'],
    ['silence', { hang: 'after' }, 'outcome-unknown'],
    ['503', { status: 503 }, 'outcome-unknown'],
    ['500 after it', { status: 500, commit: true }, 'outcome-unknown'],
    ['408', { status: 408 }, 'outcome-unknown'],
    ['an answer cut off', { cutAt: 10 }, 'outcome-unknown'],
    ['429', { status: 429 }, 'gateway-refused'],
    ['400', { status: 400 }, 'gateway-refused'],
    ['denial of this write alone', { status: 403, code: 'AccessDenied', method: 'PUT' }, 'gateway-refused'],
    ['denial of everything', { status: 403, code: 'AccessDenied' }, 'gateway-key-not-system'],
  ])('is sent once, whatever comes: %s', async (_, fault, expected) => {
    const { gateway, calls } = await withAna(fault)
    await expect(write.create(gateway)).rejects.toMatchObject(kind(expected))
    expect(calls().filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })

  test.each(['key', 'create', 'disable'] as const)('%s goes over a connection of its own', async (name) => {
    const { gateway, ana, calls } = await withAna({ method: 'HEAD' })
    await gateway.getUser(ana.id)
    await write[name](
      gateway,
      ana.keys.map(({ id }) => id),
    )
    await gateway.getUser(ana.id)
    expect(calls().map(({ isConnectionReused }) => isConnectionReused)).toEqual([false, false, true])
  })

  test('an answer that was lost after a key was made is not known, and the key is there', async () => {
    const { gateway, ana, simulator } = await withAna({ method: 'POST', reset: 'after' })
    await expect(gateway.generateKey(ANA, [])).rejects.toMatchObject(kind('outcome-unknown'))
    expect(simulator.control.calls().filter(({ method }) => method === 'POST')).toHaveLength(1)
    expect((await gateway.getUser(ana.id)).keyIds).toHaveLength(2)
  })

  test('a key that is not in the answer, or not alone, is not guessed', async () => {
    const { gateway } = await withAna({ method: 'HEAD' })
    const { id } = await gateway.generateKey(ANA, (await gateway.findUserByEmail(ANA))?.keyIds ?? [])
    expect(id).toHaveLength(20)
    await expect(gateway.generateKey(ANA, [])).rejects.toMatchObject(kind('gateway-refused'))
  })

  test('nothing was sent when there is no connection', async () => {
    const { gateway, simulator } = await withAna({ method: 'HEAD' })
    await simulator.close()
    await expect(gateway.setUserState(ANA, 'disabled')).rejects.toMatchObject(kind('gateway-unreachable'))
    await expect(gateway.listUsers()).rejects.toMatchObject(kind('gateway-unreachable'))
  })
})

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

test('plain HTTP where TLS is expected is a matter of TLS, for reads and for writes, and nothing was sent', async () => {
  const port = await listening(
    createServer((socket) => void socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n')),
  )
  const key = {
    accessKeyId: 'a14040e0b2ef8b28FZZ8',
    secretAccessKey: Secret.of('x'),
    signature: 'v2',
    region: 'x',
  } as const
  const gateway = createGateway({ endpoint: `https://127.0.0.1:${port}`, ...key })
  onTestFinished(() => gateway.close())
  await expect(gateway.listUsers()).rejects.toMatchObject(kind('gateway-tls'))
  await expect(gateway.deleteUser('x')).rejects.toMatchObject(kind('gateway-tls'))
})

test('a 404 that the gateway did not say proves nothing about a user, a bucket or an object', async () => {
  const proxy = createHttpServer((_, response) => void response.writeHead(404).end('404 page not found'))
  const port = await listening(proxy)
  const gateway = createGateway({
    endpoint: `http://127.0.0.1:${port}`,
    accessKeyId: 'a14040e0b2ef8b28FZZ8',
    secretAccessKey: Secret.of('x'),
    signature: 'v2',
    region: 'x',
  })
  onTestFinished(() => gateway.close())
  const id = 'a14040e0b2ef8b28'
  const asked: (() => Promise<unknown>)[] = [
    () => gateway.getUser(id),
    () => gateway.bucketsOf(id),
    () => gateway.getLimits({ bucket: 'photos' }),
    () => gateway.readStatistics('s3-usage-8000000000000065-2026-11-01T00:00:00.000Z-1800'),
    () => gateway.deleteUser(id),
  ]
  for (const ask of asked) await expect(ask()).rejects.toMatchObject(kind('gateway-not-ostor'))
})

test('no failure shows a secret, a signature or what was signed', async () => {
  const { gateway, simulator } = await withAna({ method: 'HEAD' })
  const spoilt = '{"UserId":"x","AWSAccessKeys":[{"AWSAccessKeyId":"y","AWSSecretAccessKey":MARKER}]}'
  const faults: Fault[] = [
    { method: 'PUT', body: spoilt },
    { cutAt: 120 },
    { cutAt: 120, framing: 'short' },
    { cutAt: 160, framing: 'close' },
    { reset: 'after' },
    { status: 500, commit: true },
    {
      status: 403,
      code: 'SignatureDoesNotMatch',
      message: `AWS ${simulator.accessKeyId}:Cx/JFnKMsFTj75ZbEJMXlM+Ct+w= GET\n\n\n/?ostor-users`,
    },
  ]
  for (const [number, fault] of faults.entries()) {
    simulator.control.faults.clear()
    simulator.control.faults.add(fault)
    const error = await gateway.createUser(`user${number}@example.com`).catch((thrown: unknown) => thrown)
    const text = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error)
    expect(text).toContain('/problems/')
    for (const { keys } of simulator.control.oracle.users()) {
      for (const { secret } of keys) expect(text).not.toContain(secret.slice(0, 10))
    }
    expect(text).not.toContain(simulator.secretAccessKey)
    expect(text).not.toContain('MARK')
    expect(text).not.toMatch(/AWS \w{20}:|Cx\/JFn/)
  }
})

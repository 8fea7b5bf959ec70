import { problem } from '@ostor-console/shared/problem'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { keptLog } from '../../test/log.ts'
import { problems } from './problems.ts'
import { serializerCompiler } from './serializer.ts'

/** A server with one route, which fails in the given way. */
const failing = async (error: unknown, method: 'GET' | 'POST' = 'GET') => {
  const log = keptLog()
  const app = Fastify({ logger: log.logger })
  app.setSerializerCompiler(serializerCompiler)
  await app.register(problems)
  app.route({
    method,
    url: '/',
    handler: async () => {
      throw error
    },
  })
  return { reply: await app.inject({ method, url: '/' }), log }
}

const coded = (statusCode: number, code = 'FST_X') => Object.assign(new Error('canary 10.0.0.5'), { statusCode, code })

test('what nobody foresaw is a failure on our side, whose words go to the log alone', async () => {
  for (const error of [new Error('canary 10.0.0.5'), coded(500), coded(503), coded(200), { canary: 1 }]) {
    const { reply, log } = await failing(error)
    expect(reply.statusCode).toBe(500)
    expect(reply.json()).toMatchObject({ type: '/problems/internal', title: 'Something failed on our side' })
    expect(reply.body).not.toContain('canary')
    expect(log.text()).toContain('canary')
  }
})

test('what Fastify refuses keeps its status and says no more', async () => {
  const { reply } = await failing(coded(413))
  expect(reply.json()).toMatchObject({ type: 'about:blank', title: 'Payload Too Large', status: 413 })
  expect(reply.headers['content-type']).toContain('application/problem+json')
})

test('a problem is sent as it is, without its cause, and names the request that is in the log', async () => {
  const error = problem('gateway-clock', { clockSkewSeconds: 700 }, { cause: new Error('canary') })
  const { reply, log } = await failing(error)
  const { instance, ...document } = reply.json()
  expect(document).toEqual({ ...error.problem })
  expect(reply.body).not.toContain('canary')
  expect(log.lines().some(({ reqId }) => instance === `/requests/${String(reqId)}`)).toBe(true)
})

test('a write that took too long may have taken effect, a read may not', async () => {
  const timeout = coded(503, 'FST_ERR_HANDLER_TIMEOUT')
  expect((await failing(timeout, 'POST')).reply.json().type).toBe('/problems/outcome-unknown')
  expect((await failing(timeout)).reply.json()).toMatchObject({ type: 'about:blank', status: 503 })
})

test('a problem that says when to come back says it in the header too', async () => {
  const { reply } = await failing(problem('too-many-attempts', { retryAfterSeconds: 7 }))
  expect(reply.headers['retry-after']).toBe('7')
})

test('an answer that breaks the contract is not sent', async () => {
  const app = Fastify()
  app.setSerializerCompiler(serializerCompiler)
  await app.register(problems)
  const schema = { response: { 200: z.object({ id: z.string() }) } }
  app.get('/', { schema }, async () => ({ secret: 'canary' }))
  const reply = await app.inject('/')
  expect(reply.json().type).toBe('/problems/internal')
  expect(reply.body).not.toContain('canary')
})

import { PROBLEMS, type ProblemKind, problem } from '@ostor-console/shared/problem'
import Fastify from 'fastify'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Audit } from '../adapters/store/audit.ts'
import { createTurns } from '../writing/turns.ts'
import type { WriteEntry } from '../writing/writer.ts'
import { problems } from './problems.ts'
import { writes } from './writes.ts'

const ENTRY: WriteEntry = { cluster: 'demo', action: 'user.disable', target: 'ana@example.com', userId: 'a1' }

/** One request that writes, and in which order things happened. */
const writing = async (
  call: () => Promise<unknown>,
  failing: 'begin' | 'end' | null = null,
  more: Partial<WriteEntry> = {},
) => {
  const events: string[] = []
  const fail = (at: 'begin' | 'end') =>
    failing === at ? Promise.reject(problem('store-unavailable')) : Promise.resolve()
  const audit: Pick<Audit, 'begin' | 'end'> = {
    begin: async ({ actor, action }) => {
      events.push(`${action} by ${actor} begins`)
      await fail('begin')
      return 'operation-1'
    },
    end: async (id, { outcome, detail }) => {
      events.push(`${id} ends ${outcome}${detail === undefined ? '' : `: ${detail}`}`)
      await fail('end')
    },
  }
  const app = Fastify()
  onTestFinished(() => app.close())
  app.decorateRequest('actor', { getter: () => 'admin@example.com' })
  await app.register(problems)
  await app.register(writes, { audit: audit as Audit, inTurn: createTurns() })
  app.post('/', (request) =>
    request.write({ ...ENTRY, ...more }, () => {
      events.push('sent')
      return call()
    }),
  )
  const reply = await app.inject({ method: 'POST', url: '/' })
  return { events, status: reply.statusCode, body: reply.json() }
}

const failing = (kind: ProblemKind) => () => Promise.reject(problem(kind))

describe('a write at the gateway', () => {
  test('stands between two rows of the audit', async () => {
    const { events, body } = await writing(async () => ({ ok: true }))
    expect(body).toEqual({ ok: true })
    expect(events).toEqual(['user.disable by admin@example.com begins', 'sent', 'operation-1 ends done'])
  })

  test('is not sent when the first row cannot be written', async () => {
    const { events, body } = await writing(async () => ({}), 'begin')
    expect(body.type).toBe('/problems/store-unavailable')
    expect(events).toEqual(['user.disable by admin@example.com begins'])
  })

  test('answers as it ended although the last row cannot be written', async () => {
    expect((await writing(async () => ({ secret: 'shown once' }), 'end')).body).toEqual({ secret: 'shown once' })
    expect((await writing(failing('gateway-refused'), 'end')).body.type).toBe('/problems/gateway-refused')
  })

  test('hands over a secret only when the last row is written', async () => {
    const { body, events } = await writing(async () => ({ secret: 'shown once' }), 'end', { handsOver: true })
    expect(body).toMatchObject({ type: '/problems/outcome-unknown', operationId: 'operation-1' })
    expect(body).not.toHaveProperty('secret')
    expect(events.at(-1)).toMatch(/^operation-1 ends unknown: It was done, but/)
  })

  test('is unknown after a lost answer, and the answer names the row', async () => {
    const { events, body } = await writing(failing('outcome-unknown'))
    expect(body).toMatchObject({ type: '/problems/outcome-unknown', operationId: 'operation-1' })
    expect(events.at(-1)).toMatch(/^operation-1 ends unknown: /)
  })

  test('is unknown when the gateway shows another value', async () => {
    expect((await writing(failing('not-applied'))).events.at(-1)).toMatch(/^operation-1 ends unknown: /)
  })

  test.each(['gateway-refused', 'gateway-unreachable', 'gateway-tls', 'user-has-buckets'] as const)(
    'is refused by %s, which proves that nothing happened',
    async (kind) => {
      const { events, body } = await writing(failing(kind))
      expect(body.type).toBe(`/problems/${kind}`)
      expect(events.at(-1)).toBe(`operation-1 ends refused: ${PROBLEMS[kind].title}`)
    },
  )

  test('is unknown when a fault of ours ends it, because that proves nothing', async () => {
    const { events, status, body } = await writing(() => Promise.reject(new TypeError('a fault with inner details')))
    expect(status).toBe(504)
    expect(JSON.stringify(body)).not.toContain('inner details')
    expect(events.at(-1)).toMatch(/^operation-1 ends unknown/)
  })
})

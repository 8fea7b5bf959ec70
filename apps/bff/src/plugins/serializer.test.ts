import { Connection } from '@ostor-console/shared/cluster'
import { Limits } from '@ostor-console/shared/limits'
import { Session } from '@ostor-console/shared/session'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { serializerCompiler } from './serializer.ts'

const write = (schema: z.ZodType, value: unknown): unknown =>
  JSON.parse(serializerCompiler({ schema, method: 'GET', url: '/' })(value))

test('a field that the contract does not name is not sent', () => {
  const schema = z.object({ id: z.string(), nested: z.array(z.object({ id: z.string() })) })
  const value = { id: 'a', secret: 's', nested: [{ id: 'b', secret: 's' }] }
  expect(write(schema, value)).toEqual({ id: 'a', nested: [{ id: 'b' }] })
})

test('a field that the contract demands and the answer lacks is an error', () => {
  expect(() => write(z.object({ id: z.string(), name: z.string() }), { id: 'a' })).toThrow(/name/)
})

test('null and a value are told apart', () => {
  const schema = z.object({ a: z.string().nullable(), b: z.number().nullable(), c: z.int().nullable() })
  expect(write(schema, { a: null, b: null, c: null })).toEqual({ a: null, b: null, c: null })
  expect(write(schema, { a: '', b: 0, c: 0 })).toEqual({ a: '', b: 0, c: 0 })
  const signedOut = {
    state: 'signed-out',
    admin: null,
    limitedTo: null,
    owesSecondStep: false,
    emergency: null,
    signedInBy: null,
    sso: null,
    passkeys: false,
    secondSteps: [],
    csrfToken: null,
    demo: null,
    provedUntil: null,
    version: '1',
    clusters: [],
  }
  expect(write(Session, signedOut)).toEqual(signedOut)
})

test('a limit is a number or a word', () => {
  const limits = {
    opsPerSecond: { default: 'unlimited', get: 5, put: 0.5, list: 'unlimited', delete: 1 },
    bandwidth: { out: 'unlimited' },
    unset: false,
    readAt: '2026-11-01T00:00:00.000Z',
    version: 'v',
  }
  expect(write(Limits, limits)).toEqual(limits)
})

test('hostile text arrives as it was', () => {
  const detail = 'a"b\\c\u2028\u0000</script>\ud83d\ude00'
  const at = '2026-11-01T00:00:00.000Z'
  const connection = {
    state: 'refused',
    since: at,
    checkedAt: at,
    detail,
    clockSkewSeconds: -1.5,
    lastOkAt: null,
    latencyMs: 3,
  }
  expect(write(Connection, connection)).toEqual(connection)
})

test('an answer without content has none', () => {
  expect(serializerCompiler({ schema: z.void(), method: 'DELETE', url: '/' })(undefined)).toBe('')
})

import type { Read } from '@ostor-console/shared/reads'
import { expect, test } from 'vitest'
import { CLUSTER, world } from '../../../test/world.ts'

const asked = (addresses: string): string => `/api/v1/reads?addresses=${encodeURIComponent(addresses)}`
const listOf = (...addresses: string[]): string => asked(JSON.stringify(addresses))
const linesOf = (body: string): Read[] =>
  body
    .trimEnd()
    .split('\n')
    .map((line): Read => JSON.parse(line))
    .toSorted((a, b) => a.index - b.index)

test('several readings are answered in one, each as it would be by itself', async () => {
  const { admin } = await world()
  const addresses = [`${CLUSTER}/users?pageSize=50`, `${CLUSTER}/users/nobody`, `${CLUSTER}/users?page=x`]
  const reply = await admin('GET', listOf(...addresses))
  expect(reply.headers['content-type']).toBe('application/jsonl; charset=utf-8')
  const lines = linesOf(reply.body)
  expect(lines.map(({ status }) => status)).toEqual([200, 404, 400])
  for (const [index, address] of addresses.entries()) {
    const alone = (await admin('GET', address)).json()
    expect(lines[index]?.body).toEqual({ ...alone, ...changing(lines[index]?.body) })
  }
})

/** What differs from one answer to the next. */
const changing = (body: unknown): object =>
  typeof body === 'object' && body !== null && 'instance' in body ? { instance: body.instance } : {}

test('a reading that is slow holds up none of the others', async () => {
  const { admin, simulator } = await world()
  simulator.control.faults.add({ latencyMs: 200 })
  const reply = await admin('GET', listOf(`${CLUSTER}/users`, '/api/v1/clusters'))
  const indexes = reply.body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).index)
  expect(indexes).toEqual([1, 0])
})

test('what is no reading is refused in its line, and one list stands in no other', async () => {
  const { admin } = await world()
  const reply = await admin(
    'GET',
    listOf(
      `${CLUSTER}/audit/export?format=csv`,
      `${CLUSTER}/operations/events`,
      listOf('/api/v1/clusters'),
      '/api/v1/%72eads?addresses=%5B%5D',
    ),
  )
  expect(linesOf(reply.body).map(({ status, body }) => [status, body])).toMatchObject([
    [400, { type: '/problems/request-invalid' }],
    [400, { detail: expect.stringContaining('answers with a file') }],
    [400, { type: '/problems/request-invalid', detail: 'One list of readings cannot stand in another.' }],
    [400, { type: '/problems/request-invalid' }],
  ])
})

test.each(['[]', 'x', '["https://elsewhere.example/"]', '["/metrics"]', '["/api/v1/../../metrics\\n"]', '{}'])(
  'no list of readings: %s',
  async (addresses) => {
    const { admin } = await world()
    const reply = await admin('GET', asked(addresses))
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ errors: [{ pointer: '/query/addresses' }] })
  },
)

test('each reading passes the guards of its own route', async () => {
  const { app } = await world()
  const reply = await app.inject({ url: listOf('/api/v1/clusters') })
  expect(reply.statusCode).toBe(401)
})

import type { Problem } from '@ostor-console/shared/problem'
import { expect, test } from 'vitest'
import { CLUSTER, world } from '../../test/world.ts'

test('a parameter of the query that no operation declares is refused, and nothing is done', async () => {
  const { admin, simulator } = await world()
  const [, user] = simulator.control.oracle.users()
  simulator.control.clearCalls()

  for (const [method, path, name] of [
    ['GET', `${CLUSTER}/users/${user?.id}`, 'fields'],
    ['GET', `${CLUSTER}/users`, 'limit[]'],
    ['GET', '/api/v1/session', 'token'],
    ['POST', `${CLUSTER}/users/${user?.id}/keys`, '__proto__'],
    ['DELETE', `${CLUSTER}/users/${user?.id}`, 'disable'],
  ] as const) {
    const reply = await admin(method, `${path}?${name}=5`, { confirmEmail: user?.email })
    const { errors } = reply.json<Problem>()
    expect({ path, status: reply.statusCode }).toEqual({ path, status: 400 })
    expect(method === 'GET' ? errors : [{ pointer: `/query/${name}`, code: 'unknown_field' }]).toMatchObject([
      { pointer: `/query/${name}`, code: 'unknown_field' },
    ])
  }
  expect(simulator.control.calls().filter(({ method }) => method !== 'GET')).toEqual([])
})

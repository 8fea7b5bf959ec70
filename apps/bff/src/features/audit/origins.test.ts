import { expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'

test('an entry says where it came from, and under which number the gateway answered the write', async () => {
  const { ask, user, control, audit, admin } = await desk()
  const path = `/users/${user(1).id}/state`
  await ask('PUT', path, { state: 'disabled' })
  control.faults.add({ method: 'POST', status: 403, code: 'AccessDenied', times: 1 })
  await ask('PUT', path, { state: 'enabled' })
  control.faults.add({ method: 'POST', reset: 'before', times: 1 })
  await ask('PUT', path, { state: 'enabled' })
  const byGateway = expect.stringMatching(/^8[0-9a-f]{31}$/)
  expect((await audit()).map(({ outcome, address, requestIds }) => [outcome, address, requestIds])).toEqual([
    ['unknown', '127.0.0.1', []],
    ['refused', '127.0.0.1', [byGateway]],
    ['done', '127.0.0.1', [byGateway]],
  ])
  const reply = await admin('GET', '/api/v1/clusters/demo/audit?action=session.sign-in')
  expect(reply.json()).toMatchObject({ items: [{ address: '127.0.0.1' }] })
})

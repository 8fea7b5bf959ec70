import { expect, test } from 'vitest'
import { clientDesk } from '../../../test/client-desk.ts'
import { world } from '../../../test/world.ts'

const LIST = '/whmcs/old-secrets'

test('an old secret is struck out only once its key is gone, and that is in the audit', async () => {
  const { stub, user, askWhmcs, ask, one, audit, admin, control, handOver } = await clientDesk()
  await one(7)
  const { id: userId, keys } = user(1)
  const keyId = keys[0]?.id ?? ''
  stub.addOldSecret({ noteId: 3, clientId: 7, userId, keyId, isRedacted: false })
  const gone = { userId: '00000000000000ff', keyId: '00000000000000ffAAAA' }
  stub.addOldSecret({ noteId: 4, clientId: 4711, ...gone, isRedacted: false })
  const listed = async () => (await askWhmcs<{ items: object[] }>('GET', LIST)).body
  expect(await listed()).toEqual({
    items: [
      {
        noteId: 3,
        clientId: 7,
        clientName: 'Ada Lovelace',
        userId,
        keyId,
        cluster: 'demo',
        isValid: true,
        isRedacted: false,
      },
      { noteId: 4, clientId: 4711, clientName: null, ...gone, cluster: null, isValid: false, isRedacted: false },
    ],
    unavailable: null,
  })

  const redact = (noteId: number, clientId: number, key: string) =>
    askWhmcs<object>('POST', `${LIST}/${noteId}/redact`, { clientId, keyId: key })
  expect((await redact(3, 7, keyId)).body).toMatchObject({ type: '/problems/old-secret-in-use', status: 409 })
  control.faults.add({ method: 'GET', status: 503 })
  expect((await redact(4, 4711, gone.keyId)).body).toMatchObject({ type: '/problems/old-secret-in-use' })
  control.faults.clear()
  expect(stub.redacted()).toEqual([])

  await ask('POST', `/users/${userId}/keys`).then(handOver)
  await ask('DELETE', `/users/${userId}/keys/${keyId}`, {})
  expect(await listed()).toMatchObject({ items: [{ noteId: 3, isValid: false }, { noteId: 4 }] })
  expect((await redact(3, 8, keyId)).body).toMatchObject({ type: '/problems/old-secret-not-found' })
  expect((await redact(3, 7, keyId)).body).toMatchObject({ noteId: 3, isRedacted: true, isValid: false })
  expect(stub.redacted()).toEqual([3])
  const { items } = (await admin('GET', '/api/v1/clusters/demo/audit?action=whmcs.redact')).json()
  expect(items).toMatchObject([{ target: keyId, outcome: 'done', after: { clientId: '7', noteId: '3' } }])
  expect((await audit()).map(({ action }) => action)).toContain('key.revoke')
})

test('without the database of WHMCS it says why its notes cannot be looked at', async () => {
  const { admin } = await world()
  const answer = (await admin('GET', `/api/v1${LIST}`)).json()
  expect(answer).toEqual({ items: [], unavailable: expect.stringContaining('the mode “database” only') })
  const refused = await admin('POST', `/api/v1${LIST}/3/redact`, { clientId: 7, keyId: 'K' })
  expect(refused.json()).toMatchObject({ type: '/problems/whmcs-not-set-up', status: 409 })
})

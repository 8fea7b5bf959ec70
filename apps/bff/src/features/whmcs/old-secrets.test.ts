import { expect, test } from 'vitest'
import { clientDesk } from '../../../test/client-desk.ts'
import { world } from '../../../test/world.ts'

const LIST = '/whmcs/old-secrets'
const noteOf = (userId: string, keyId: string) =>
  `UserId: ${userId}\nAWSAccessKeyId: ${keyId}\nAWSSecretAccessKey: canary/of+the+seed`

test('acceptance 17: old secrets are reported by their keys, and one is struck out only once its key is gone', async () => {
  const { fake, user, askWhmcs, ask, one, admin, control, handOver, lines } = await clientDesk({ withOldSecrets: true })
  await one(7)
  const { id: userId, keys } = user(1)
  const keyId = keys[0]?.id ?? ''
  const [goneUser, goneKey] = ['00000000000000ff', '00000000000000ffAAAA']
  const noteId = await fake.control.addNote({ userid: 7, note: noteOf(userId, keyId) })
  const human = await fake.control.addNote({ userid: 7, note: `Ticket 881: ${noteOf(userId, keyId)}` })
  const other = await fake.control.addNote({ userid: 4711, note: noteOf(goneUser, goneKey) })
  const texts = async () => new Map((await fake.control.notes()).map(({ id, note }) => [id, note]))
  const before = await texts()

  const listed = async () => (await askWhmcs<{ items: object[] }>('GET', LIST)).body
  const own = { noteId, clientId: 7, clientName: 'Ada Lovelace', userId, keyId, cluster: 'demo' }
  const stray = { noteId: other, clientId: 4711, clientName: null, userId: goneUser, keyId: goneKey, cluster: null }
  expect(await listed()).toEqual({
    items: [
      { ...own, isValid: true, isRedacted: false },
      { ...stray, isValid: false, isRedacted: false },
    ],
    unavailable: null,
  })

  const redact = async (id: number, clientId: number, key: string) =>
    (await askWhmcs<object>('POST', `${LIST}/${id}/redact`, { clientId, keyId: key })).body
  expect(await redact(noteId, 7, keyId)).toMatchObject({ type: '/problems/old-secret-in-use', status: 409 })
  control.faults.add({ method: 'GET', status: 503 })
  expect(await redact(other, 4711, goneKey)).toMatchObject({
    type: '/problems/old-secret-in-use',
    detail: expect.stringContaining('could not be read'),
  })
  control.faults.clear()
  expect(await texts()).toEqual(before)

  await ask('POST', `/users/${userId}/keys`).then(handOver)
  await ask('DELETE', `/users/${userId}/keys/${keyId}`, {})
  for (const [id, client] of [
    [noteId, 8],
    [human, 7],
  ] as const)
    expect(await redact(id, client, keyId)).toMatchObject({ type: '/problems/old-secret-not-found' })
  expect(await redact(noteId, 7, keyId)).toEqual({ ...own, isValid: false, isRedacted: true })
  expect(await redact(noteId, 7, keyId)).toEqual({ ...own, isValid: false, isRedacted: true })
  expect(await texts()).toEqual(before.set(noteId, noteOf(userId, keyId).replace(/canary.*/, '[removed]')))
  expect(await listed()).toMatchObject({
    items: [
      { noteId, isRedacted: true },
      { noteId: other, isRedacted: false },
    ],
  })

  const entries = (await admin('GET', '/api/v1/clusters/demo/audit?action=whmcs.redact')).json()
  const after = { clientId: '7', noteId: String(noteId), keyId }
  expect(entries.items).toMatchObject([{ target: keyId, outcome: 'done', after }])
  expect(`${JSON.stringify(entries)}${lines.join('')}`).not.toContain('canary')
})

test('without the database of WHMCS it says why its notes cannot be looked at', async () => {
  const { admin } = await world()
  const answer = (await admin('GET', `/api/v1${LIST}`)).json()
  expect(answer).toEqual({ items: [], unavailable: expect.stringContaining('the mode “database” only') })
  const refused = await admin('POST', `/api/v1${LIST}/3/redact`, { clientId: 7, keyId: 'K' })
  expect(refused.json()).toMatchObject({ type: '/problems/whmcs-not-set-up', status: 409 })
})

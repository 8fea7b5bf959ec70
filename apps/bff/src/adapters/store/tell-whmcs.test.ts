import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { auditOf, type Begin } from './audit.ts'
import { clientLinksOf } from './client-links.ts'
import { messageSendingOf } from './message-sending.ts'
import { messagesOf } from './messages.ts'
import { saveWhmcsFacts } from './whmcs-facts.ts'

const AT = new Date('2026-11-02T10:00:00Z')
const USER = 'ca55631f9f3d59dc'
const KEYS = [`${USER}DF4M`, `${USER}ZZ9Q`] as const
const LINK = { cluster: 'demo', userId: USER, clientId: 17, email: 'ana@example.com', by: 'ada@example.com' }
const MARKER = /\[ostor-dash:[kus]:[0-9A-HJKMNP-TV-Z]{26}\]/

/** A console with one linked user, whose changes end as the audit says. */
const linked = async (engine: (typeof ENGINES)[number], mode: 'append' | 'off' = 'append') => {
  const store = await emptyStore(engine)
  const now = () => AT
  await saveWhmcsFacts(store, { mode, linkFieldId: null })
  const audit = auditOf(store, { now })
  const links = clientLinksOf(store)
  const messages = messagesOf(store, { now })
  await links.add(store.db, LINK, AT)
  const begin = (action: Begin['action'], more: Partial<Begin> = {}) =>
    audit.begin({ actor: 'ada@example.com', action, cluster: 'demo', target: LINK.email, userId: USER, ...more })
  const told = async () => (await messages.list({ show: 'all', page: 1, pageSize: 100 })).items
  const say = async () => (await told()).map(({ kind, keyId, state }) => [kind, keyId, state])
  const makeKey = async (keyId: string) => audit.end(await begin('key.create'), { outcome: 'done', after: { keyId } })
  const revoke = async (keyId: string) => audit.end(await begin('key.revoke', { target: keyId }), { outcome: 'done' })
  const sending = messageSendingOf(store, { holder: 'here', now })
  const deliver = async () => {
    for (const no of await sending.line(17, 100)) await sending.done((await sending.claim(no))?.id ?? '', 1)
  }
  return { store, audit, links, messages, begin, told, say, makeKey, revoke, sending, deliver }
}

describe.each(ENGINES)('what WHMCS is to be told, in %s', (engine) => {
  test('is written with the row that says that a change is done, once for each operation', async () => {
    const { audit, begin, told, makeKey } = await linked(engine)
    const lost = await begin('key.create')
    await audit.end(lost, { outcome: 'unknown' })
    expect(await told()).toEqual([])
    await audit.end(lost, { outcome: 'done', after: { keyId: KEYS[0] } })
    await audit.end(lost, { outcome: 'done', after: { keyId: KEYS[0] } })
    const [note, ...others] = await told()
    expect(others).toEqual([])
    expect(note).toMatchObject({ kind: 'note.add', clientId: 17, keyId: KEYS[0], userId: USER, state: 'queued' })
    expect(note?.text.split('\n')).toEqual([
      'S3 access key created for this client.',
      `Access key ID: ${KEYS[0]}   S3 user: ${USER}`,
      'The secret key is not stored in WHMCS. Open the storage dashboard to manage keys.',
      `[ostor-dash:k:${note?.id}]`,
    ])
    await audit.record({
      actor: 'a',
      action: 'user.disable',
      cluster: 'demo',
      target: 'x',
      userId: USER,
      outcome: 'done',
    })
    await audit.end(await begin('user.delete'), { outcome: 'refused' })
    await makeKey(KEYS[1])
    expect((await told()).map(({ kind }) => kind)).toEqual(['note.add', 'activity.add', 'note.add'])
  })

  test('is nothing about users of nobody, nor while WHMCS is off', async () => {
    const { links, store, told, makeKey } = await linked(engine)
    await links.remove(store.db, { cluster: 'demo', userId: USER, clientId: 17 }, AT)
    await makeKey(KEYS[0])
    expect(await told()).toEqual([])
    const off = await linked(engine, 'off')
    await off.makeKey(KEYS[0])
    expect(await off.told()).toEqual([])
  })

  test('a row that cannot be written leaves nothing to be told', async () => {
    const { audit, begin, told, makeKey } = await linked(engine)
    const id = await begin('key.create')
    await audit.end(id, { outcome: 'unknown' })
    const late = audit.end(id, { outcome: 'done', after: { keyId: KEYS[0] } }, { onlyFirst: true })
    await expect(late).rejects.toThrow('there is such a row')
    expect(await told()).toEqual([])
    await makeKey(KEYS[0])
    expect(await told()).toHaveLength(1)
  })

  test('acceptance 6: revoking key 2 of 2 removes only its note', async () => {
    const { say, told, makeKey, revoke, deliver } = await linked(engine)
    await makeKey(KEYS[0])
    await makeKey(KEYS[1])
    await deliver()
    await revoke(KEYS[1])
    expect((await say()).filter(([kind]) => kind === 'note.delete')).toEqual([['note.delete', KEYS[1], 'queued']])
    const [removal, ...notes] = await told()
    expect(notes.filter(({ marker }) => marker === removal?.marker)).toMatchObject([{ keyId: KEYS[1] }])
  })

  test('a note that was not sent yet and whose key is revoked is cancelled together with its removal', async () => {
    const { say, told, makeKey, revoke } = await linked(engine)
    await makeKey(KEYS[0])
    await revoke(KEYS[0])
    const said = await say()
    expect(said).toHaveLength(2)
    expect(said).toContainEqual(['note.add', KEYS[0], 'cancelled'])
    expect(said).toContainEqual(['note.delete', KEYS[0], 'cancelled'])
    expect((await told()).map(({ reason }) => reason)).toEqual(Array(2).fill(expect.stringContaining('before WHMCS')))
  })

  test('a note that may have arrived is removed behind its next try', async () => {
    const { say, makeKey, revoke, sending } = await linked(engine)
    await makeKey(KEYS[0])
    const [no = 0n] = await sending.line(17, 1)
    const claimed = await sending.claim(no)
    await sending.retryAt(claimed?.id ?? '', AT, { failure: 'timeout', detail: 'no answer', mayHaveArrived: true })
    await revoke(KEYS[0])
    expect(await say()).toEqual([
      ['note.add', KEYS[0], 'queued'],
      ['note.delete', KEYS[0], 'queued'],
    ])
  })

  test('what it was told before it was turned off is taken back when it is on again', async () => {
    const { store, makeKey, revoke, deliver, say } = await linked(engine)
    await makeKey(KEYS[0])
    await deliver()
    await makeKey(KEYS[1])
    await saveWhmcsFacts(store, { mode: 'off', linkFieldId: null })
    await revoke(KEYS[0])
    await revoke(KEYS[1])
    expect(new Set(await say())).toEqual(
      new Set([
        ['note.add', KEYS[0], 'done'],
        ['note.add', KEYS[1], 'cancelled'],
        ['note.delete', KEYS[0], 'queued'],
        ['note.delete', KEYS[1], 'cancelled'],
      ]),
    )
  })

  test('what an earlier try may have done stays so, and is taken back though it was cancelled since', async () => {
    const { messages, makeKey, revoke, sending, told, say } = await linked(engine)
    await makeKey(KEYS[0])
    const claimed = await sending.claim((await sending.line(17, 1))[0] ?? 0n)
    const id = claimed?.id ?? ''
    await sending.recover(AT, new Set())
    await sending.claim(claimed?.no ?? 0n)
    await sending.retryAt(id, AT, { failure: 'transport', detail: 'nobody', mayHaveArrived: false })
    expect((await sending.claim(claimed?.no ?? 0n))?.mayHaveArrived).toBe(true)
    await sending.stop(id, 'blocked', { failure: 'refused', detail: 'no', mayHaveArrived: false })
    await messages.cancel(id, { by: 'ada@example.com', reason: 'told by telephone' })
    await revoke(KEYS[0])
    expect(await say()).toContainEqual(['note.delete', KEYS[0], 'queued'])
    expect(await told()).toHaveLength(2)
  })

  test('acceptance 4: a deletion that the gateway refuses or does not know changes no note', async () => {
    const { audit, begin, say, makeKey, deliver } = await linked(engine)
    await makeKey(KEYS[0])
    await deliver()
    await audit.end(await begin('user.delete'), { outcome: 'refused', detail: 'HTTP 409' })
    await audit.end(await begin('user.delete'), { outcome: 'not-done' })
    await audit.end(await begin('key.revoke', { target: '' }), { outcome: 'done' })
    expect(await say()).toEqual([['note.add', KEYS[0], 'done']])
  })

  test('a deleted user takes all notes of theirs along, and nobody else’s', async () => {
    const { audit, links, store, begin, messages, deliver, makeKey } = await linked(engine)
    await links.add(store.db, { ...LINK, userId: 'other' }, AT)
    await makeKey(KEYS[0])
    await makeKey(KEYS[1])
    await audit.end(await begin('key.create', { userId: 'other' }), { outcome: 'done', after: { keyId: 'otherK' } })
    await deliver()
    await audit.end(await begin('user.delete'), { outcome: 'done' })
    await deliver()
    const { items } = await messages.list({ show: 'ended', page: 1, pageSize: 100 })
    expect(items.slice(0, 3).map(({ kind, keyId }) => [kind, keyId])).toEqual([
      ['activity.add', null],
      ['note.delete', KEYS[1]],
      ['note.delete', KEYS[0]],
    ])
    expect((await messages.notesOf(17)).map(({ keyId, state }) => [keyId, state])).toEqual([
      [KEYS[0], 'revoked'],
      [KEYS[1], 'revoked'],
      ['otherK', 'written'],
    ])
  })

  test('D14: a user made for a client is linked by its number in the row that says so, whatever the e-mails say', async () => {
    const { audit, links, begin, told } = await linked(engine)
    const id = await begin('user.create', { userId: null, target: 'new@example.com', after: { clientId: '29' } })
    await audit.end(id, {
      outcome: 'done',
      userId: 'new1',
      after: { email: 'new@example.com', keyIds: 'new1A, new1B' },
    })
    expect(await links.ofUser({ cluster: 'demo', userId: 'NEW1' })).toMatchObject({
      clientId: 29,
      linkedEmail: 'new@example.com',
    })
    expect((await told()).map(({ clientId, keyId }) => [clientId, keyId])).toEqual([
      [29, null],
      [29, 'new1A'],
      [29, 'new1B'],
    ])
  })

  test('acceptance 7: nothing that a gateway tells can look like a marker, a line or markup of ours', async () => {
    const { audit, begin, told, revoke, deliver } = await linked(engine)
    const bad = 'x%_\' "\n[ostor-dash:k:01JD3Z9W6X8Q4T2V7N5M0B1C2D]<b>é'
    await audit.end(await begin('key.create'), { outcome: 'done', after: { keyId: bad } })
    await audit.end(await begin('user.create', { target: bad }), { outcome: 'done' })
    await deliver()
    await revoke(bad)
    for (const { text, marker } of await told()) {
      expect(text).toMatch(/^[ -~\n]*$/)
      expect(text.match(new RegExp(MARKER, 'g')) ?? []).toEqual(text.includes('created') ? [marker] : [])
    }
  })
})

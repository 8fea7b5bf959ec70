import type { AuditEntry } from '@ostor-console/shared/audit'
import type { NewAccessKey } from '@ostor-console/shared/keys'
import type { UserDetail } from '@ostor-console/shared/users'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'

type Created = { name: string; key: NewAccessKey | null }

const start = async (options = {}) => {
  const here = await desk(options)
  const { id } = here.user(1)
  const path = `/users/${id}/accounts`
  const make = async (name = 'backup') => {
    const made = await here.ask<Created>('POST', path, { name })
    here.handOver(made)
    return made
  }
  const generate = async (name = 'backup') => {
    const made = await here.ask<NewAccessKey>('POST', `${path}/${name}/keys`, {})
    here.handOver(made)
    return made
  }
  /** Key ids by account, as they truly are. */
  const stands = () =>
    Object.fromEntries(here.oracle.user(id)?.accounts.map(({ name, keys }) => [name, keys.map((key) => key.id)]) ?? [])
  return { ...here, id, path, make, generate, stands }
}

describe.each(['both', 'new'] as const)('an account, where genKey answers with %s', (genKeyAnswer) => {
  test('is made with a key, gets another, loses one and is deleted; each of it stands in the audit', async () => {
    const { ask, path, make, generate, stands, audit, id } = await start({ genKeyAnswer })
    const made = await make()
    expect([made.status, made.headers['cache-control']]).toEqual([201, 'no-store'])
    const first = made.body.key?.id ?? ''
    const second = (await generate()).body.id
    expect(stands()).toEqual({ backup: [first, second] })
    const detail = (await ask<UserDetail>('GET', `/users/${id}`)).body
    expect(detail.accounts).toEqual([{ name: 'backup', keyIds: [first, second] }])

    expect((await ask('DELETE', `${path}/backup/keys/${first}`, {})).status).toBe(204)
    expect(stands()).toEqual({ backup: [second] })
    expect((await ask('DELETE', `${path}/backup`, { confirmName: 'backup' })).status).toBe(204)
    expect(stands()).toEqual({})
    const done = { userId: id, outcome: 'done' }
    expect(await audit()).toMatchObject([
      { action: 'account.delete', target: 'backup', before: { keyIds: second }, ...done },
      { action: 'account-key.revoke', target: first, after: { account: 'backup', keyIds: second }, ...done },
      { action: 'account-key.create', target: 'backup', after: { keyId: second }, ...done },
      { action: 'account.create', target: 'backup', after: { keyId: first }, ...done },
    ])
  })
})

test('the calls are those of the reference, each sent once', async () => {
  const { ask, path, make, generate, writes, id, user } = await start()
  const { key } = (await make()).body
  await generate()
  await ask('DELETE', `${path}/backup/keys/${key?.id}`, {})
  await ask('DELETE', `${path}/backup`, { confirmName: 'backup' })
  const email = encodeURIComponent(user(1).email)
  expect(writes()).toEqual([
    `POST /?ostor-accounts&id=${id}&accountName=backup`,
    `POST /?ostor-users&emailAddress=${email}&accountName=backup&genKey`,
    `POST /?ostor-users&emailAddress=${email}&accountName=backup&revokeKey=${key?.id}`,
    `DELETE /?ostor-accounts&id=${id}&accountName=backup`,
  ])
})

describe('is refused before anything is sent', () => {
  test('a name that is there, a third key, a wrong confirmation, what is not there', async () => {
    const { ask, path, make, generate, writes } = await start()
    await make()
    await generate()
    const sent = writes()
    const kindOf = async (...given: Parameters<typeof ask>) => (await ask(...given)).body.type
    expect(await kindOf('POST', path, { name: 'backup' })).toBe('/problems/account-exists')
    expect(await kindOf('POST', `${path}/backup/keys`, {})).toBe('/problems/key-limit-reached')
    expect(await kindOf('DELETE', `${path}/backup`, { confirmName: 'other' })).toBe('/problems/confirmation-wrong')
    expect(await kindOf('DELETE', `${path}/other`, { confirmName: 'other' })).toBe('/problems/account-not-found')
    expect(await kindOf('POST', `${path}/other/keys`, {})).toBe('/problems/account-not-found')
    expect(await kindOf('DELETE', `${path}/backup/keys/nothing`, {})).toBe('/problems/key-not-found')
    for (const name of ['', ' ', 'a b', 'a&b', '-a', 'ä', 'x'.repeat(65)])
      expect.soft(await kindOf('POST', path, { name }), name).toBe('/problems/request-invalid')
    expect(writes()).toEqual(sent)
  })

  test('all of it, where the gateway has no accounts: there a key would be one of the user', async () => {
    const { ask, path, writes } = await start({ version: '4.5' })
    for (const [method, below, body] of [
      ['POST', '', { name: 'backup' }],
      ['POST', '/backup/keys', {}],
      ['DELETE', '/backup', { confirmName: 'backup' }],
    ] as const)
      expect((await ask(method, `${path}${below}`, body)).body.type).toBe('/problems/no-accounts')
    expect(writes()).toEqual([])
  })
})

describe('an answer that was lost', () => {
  test('leaves an account without a secret, whose key is named', async () => {
    const { make, control, stands, audit } = await start()
    control.faults.add({ method: 'POST', reset: 'after', nth: 1 })
    const { status, body } = await make()
    const [keyId] = stands()['backup'] ?? []
    expect([status, body]).toEqual([201, { name: 'backup', key: null }])
    expect(await audit()).toMatchObject([{ outcome: 'done', detail: expect.stringContaining(keyId ?? '?') }])
  })

  test('to a new key names the key, and no other is made before it is known what became of it', async () => {
    const { make, generate, control, stands, writes } = await start()
    await make()
    control.faults.add({ service: 'ostor-users', method: 'POST', reset: 'after', nth: 1 })
    const lost = await generate()
    const keyId = stands()['backup']?.[1] ?? '?'
    expect(lost.body).toMatchObject({ type: '/problems/outcome-unknown', detail: expect.stringContaining(keyId) })
    const sent = writes()
    expect((await generate()).body).toMatchObject({ type: '/problems/being-checked' })
    expect(writes()).toEqual(sent)
  })

  test('to a deletion or a revocation is done when it shows, and unknown when not', async () => {
    const { ask, path, make, control, stands } = await start()
    const { key } = (await make()).body
    control.faults.add({ method: 'POST', service: 'ostor-users', reset: 'before', nth: 1 })
    const revoke = () => ask('DELETE', `${path}/backup/keys/${key?.id}`, {})
    expect((await revoke()).body.type).toBe('/problems/outcome-unknown')
    expect((await revoke()).status).toBe(204)
    control.faults.add({ method: 'DELETE', reset: 'after', nth: 1 })
    expect((await ask('DELETE', `${path}/backup`, { confirmName: 'backup' })).status).toBe(204)
    expect(stands()).toEqual({})
  })
})

/** The next readings of the user show what they were like before. */
const behind = ({ control, id, user }: Awaited<ReturnType<typeof start>>, first: number, keys: object[] | null) => {
  const accounts = keys === null ? [] : [{ Name: 'backup', AWSAccessKeys: keys }]
  const { email } = user(1)
  const body = JSON.stringify({ UserEmail: email, UserId: id, AWSAccessKeys: [], Accounts: accounts })
  control.faults.add({ method: 'GET', parameters: { id }, status: 200, body, nth: first, times: 2 })
}

describe('what the gateway lists only later', () => {
  test('a new account and a new key of it are waited for', async () => {
    const here = await start()
    behind(here, 2, null)
    const made = await here.make()
    expect(made.status).toBe(201)
    here.control.faults.clear()
    behind(here, 2, [{ AWSAccessKeyId: made.body.key?.id }])
    expect((await here.generate()).status).toBe(201)
    expect((await here.audit()).map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ['done', null],
      ['done', null],
    ])
  })

  test('a key that it never lists is not given out', async () => {
    const { ask, path, make, control, id, user, audit } = await start()
    await make()
    const fresh = { AWSAccessKeyId: `${id}GONE`, AWSSecretAccessKey: 'secret of a key that is not there' }
    const body = JSON.stringify({ UserEmail: user(1).email, UserId: id, AWSAccessKeys: [fresh] })
    control.faults.add({ method: 'POST', status: 200, body })
    const answer = await ask('POST', `${path}/backup/keys`, {})
    expect(answer.body).toMatchObject({ type: '/problems/not-applied', detail: expect.stringContaining(`${id}GONE`) })
    expect(answer.text).not.toContain(fresh.AWSSecretAccessKey)
    expect((await audit())[0]).toMatchObject({ action: 'account-key.create', outcome: 'unknown' })
  })
})

test('a deletion that the gateway acknowledges and ignores is not called done', async () => {
  const { ask, path, make, control, audit } = await start()
  await make()
  control.faults.add({ method: 'DELETE', status: 204, body: '' })
  const { body } = await ask('DELETE', `${path}/backup`, { confirmName: 'backup' })
  expect(body).toMatchObject({ type: '/problems/not-applied', detail: 'The gateway still lists the account backup' })
  expect((await audit())[0] satisfies AuditEntry | undefined).toMatchObject({ outcome: 'unknown' })
})

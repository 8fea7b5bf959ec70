import { describe, expect, test } from 'vitest'
import { loseAnswer, type Write, watched } from '../../../test/watched.ts'

const MINUTE = 60_000

const start = async () => {
  const here = await watched()
  const { id } = here.user(1)
  // Made past the console: the audit is empty.
  const key = await here.gateway.createAccount(id, 'backup')
  here.control.clearCalls()
  const path = `/users/${id}/accounts`
  const keyIds = () =>
    here.oracle
      .user(id)
      ?.accounts.find(({ name }) => name === 'backup')
      ?.keys.map((each) => each.id)
  return { ...here, path, keyId: key?.id ?? '', keyIds }
}

type Here = Awaited<ReturnType<typeof start>>

const WRITES: (Omit<Write, 'send'> & { send: (here: Here) => Promise<unknown> })[] = [
  { name: 'a new account', send: ({ ask, path }) => ask('POST', path, { name: 'films' }) },
  { name: 'its deletion', send: ({ ask, path }) => ask('DELETE', `${path}/backup`, { confirmName: 'backup' }) },
  { name: 'a revocation', send: ({ ask, path, keyId }) => ask('DELETE', `${path}/backup/keys/${keyId}`) },
]

describe('of an account, when the answer was lost', () => {
  test.each(WRITES)('$name is found out to be done when it took effect later', async ({ name, send }) => {
    const here = await start()
    await loseAnswer(here, { name, send: () => send(here) })
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'unknown' })
    here.control.faults.release()
    await here.found('done')
    expect(here.writes()).toHaveLength(1)
  })

  test.each(WRITES)('$name is found out not to be done when it never did', async ({ name, send }) => {
    const here = await start()
    await loseAnswer(here, { name, send: () => send(here) })
    here.later(MINUTE)
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'not-done' })
    expect(here.writes()).toHaveLength(1)
  })

  const NEW_KEY = { name: 'a new key', send: ({ ask, path }: Here) => ask('POST', `${path}/backup/keys`, {}) }

  test('a new key that never came is not done', async () => {
    const here = await start()
    await loseAnswer(here, { name: '', send: () => NEW_KEY.send(here) })
    here.later(MINUTE)
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'not-done' })
  })

  const lateKey = async (here: Here) => {
    await loseAnswer(here, { name: '', send: () => NEW_KEY.send(here) })
    here.control.faults.release()
    await expect.poll(() => here.keyIds()?.length).toBe(2)
    return here.keyIds()?.[1] ?? '?'
  }

  test('a new key that came is revoked, since nobody saw its secret: an operation of its own', async () => {
    const here = await start()
    const late = await lateKey(here)
    await here.round()
    expect(here.keyIds()).toHaveLength(2)
    here.later(MINUTE)
    await here.round()
    expect(here.keyIds()).toEqual([here.keyId])
    expect(await here.audit()).toMatchObject([
      { action: 'account-key.revoke', actor: 'console', target: late, before: { account: 'backup' }, outcome: 'done' },
      { action: 'account-key.create', outcome: 'not-done', detail: expect.stringContaining(late) },
    ])
    await here.round()
    expect(here.writes()).toHaveLength(2)
    expect(here.writes()[1]).toContain(`accountName=backup&revokeKey=${late}`)
  })

  test('a revocation whose own answer was lost is found out, and made again', async () => {
    const here = await start()
    await lateKey(here)
    here.later(MINUTE)
    here.control.faults.add({ method: 'POST', reset: 'before', times: 1 })
    await here.round()
    const sent = here.writes().length
    await here.round()
    expect(here.writes()).toHaveLength(sent)
    here.later(MINUTE)
    await here.round()
    await here.round()
    expect(here.keyIds()).toEqual([here.keyId])
  })

  test('no key is revoked that may be in use: after a long time, or of another operation', async () => {
    const here = await start()
    const { id } = here.user(1)
    const late = await lateKey(here)
    here.later(20 * MINUTE)
    await here.round()
    expect(await here.last()).toMatchObject({
      action: 'account-key.create',
      outcome: 'unknown',
      detail: expect.stringContaining(`The key ${late} is new`),
    })
    expect(here.keyIds()).toEqual([here.keyId, late])
    expect(here.writes()).toHaveLength(1)

    await here.leave(
      { action: 'account-key.create', target: 'backup', userId: id, before: { account: 'backup', keyIds: here.keyId } },
      { outcome: 'unknown' },
    )
    await here.leave(
      { action: 'account-key.create', target: 'backup', userId: id },
      { outcome: 'done', after: { keyId: late } },
    )
    here.later(MINUTE)
    await here.round()
    expect(here.keyIds()).toEqual([here.keyId, late])
    expect(here.writes()).toHaveLength(1)
  })

  test('no key is revoked while the first key of the account may still be handed over', async () => {
    const here = await start()
    const { id } = here.user(1)
    const late = await lateKey(here)
    await here.leave({ action: 'account.create', target: 'backup', userId: id, after: { account: 'backup' } })
    here.later(MINUTE)
    await here.round()
    expect(here.keyIds()).toEqual([here.keyId, late])
    expect(here.writes()).toHaveLength(1)
  })
})

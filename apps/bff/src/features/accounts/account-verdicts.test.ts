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

  test('a new key that came is named and left to an admin, and is not revoked', async () => {
    const here = await start()
    await loseAnswer(here, { name: '', send: () => NEW_KEY.send(here) })
    here.control.faults.release()
    await expect.poll(() => here.keyIds()?.length).toBe(2)
    const [, late = '?'] = here.keyIds() ?? []
    here.later(MINUTE)
    await here.round()
    expect(await here.last()).toMatchObject({ outcome: 'unknown', detail: expect.stringContaining(late) })
    expect(here.keyIds()).toEqual([here.keyId, late])
  })
})

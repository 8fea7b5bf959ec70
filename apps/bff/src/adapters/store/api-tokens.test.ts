import { MOST_TOKENS } from '@ostor-console/shared/tokens'
import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { testClock } from '../../../test/test-clock.ts'
import { adminsOf } from './admins.ts'
import { apiTokensOf } from './api-tokens.ts'

const DAY = 86_400_000

const desk = async (engine: (typeof ENGINES)[number]) => {
  const { now, later } = testClock(Date.UTC(2026, 10, 1))
  const store = await emptyStore(engine)
  const tokens = apiTokensOf(store, { now })
  const owner = await adminsOf(store).create({ email: 'ada@example.com', role: 'operator', passwordHash: 'a hash' })
  const make = (id: string, name = id, adminId = owner.id) =>
    tokens.create({
      id,
      adminId,
      name,
      hint: 'ostor_abcd',
      verbs: ['user.list', 'key.create'],
      addresses: ['10.0.0.0/8', '2001:db8::1'],
      expiresAt: new Date(now().getTime() + 30 * DAY),
    })
  return { store, tokens, owner, make, now, later }
}

describe.each(ENGINES)('API tokens in %s', (engine) => {
  test('are found by their hash, with the role and state that their owner has now', async () => {
    const { store, tokens, owner, make, now } = await desk(engine)
    await make('one')
    expect(await tokens.find('one')).toEqual({
      id: 'one',
      owner: { id: owner.id, email: 'ada@example.com', role: 'operator', isDisabled: false },
      name: 'one',
      hint: 'ostor_abcd',
      verbs: ['user.list', 'key.create'],
      addresses: ['10.0.0.0/8', '2001:db8::1'],
      createdAt: now(),
      expiresAt: new Date(now().getTime() + 30 * DAY),
      lastUsedAt: null,
      lastUsedFrom: null,
      revokedAt: null,
    })
    await adminsOf(store).change(owner.id, { role: 'viewer', enabled: false })
    expect((await tokens.find('one'))?.owner).toMatchObject({ role: 'viewer', isDisabled: true })
    expect(await tokens.find('two')).toBeNull()
  })

  test('of one owner have names of their own while they are in use, however many are made at once', async () => {
    const { store, tokens, make } = await desk(engine)
    const made = await Promise.allSettled([1, 2, 3].map((n) => make(`id-${n}`, 'nightly')))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [first] = await tokens.list()
    const other = await adminsOf(store).create({ email: 'bob@example.com', passwordHash: 'a hash' })
    await make('of another', 'nightly', other.id)
    expect(await tokens.revoke(first?.id ?? '')).toBe(true)
    expect(await tokens.revoke(first?.id ?? '')).toBe(false)
    await make('again', 'nightly')
    expect((await tokens.list(other.id)).map(({ id }) => id)).toEqual(['of another'])
    expect(await tokens.list()).toHaveLength(3)
  })

  test('are bounded for each owner, and forgotten a month after their end', async () => {
    const { tokens, make, later } = await desk(engine)
    for (let n = 0; n < MOST_TOKENS; n += 1) await make(`id-${n}`)
    await expect(make('one more')).rejects.toMatchObject({ problem: { type: '/problems/too-many-tokens' } })
    await tokens.revoke('id-0')
    await make('one more')
    later(31 * DAY)
    await make('after the others')
    expect((await tokens.find('id-0'))?.id).toBeUndefined()
    expect(await tokens.list()).toHaveLength(MOST_TOKENS + 1)
    later(31 * DAY)
    await make('much later')
    expect((await tokens.list()).map(({ id }) => id)).toEqual(['much later', 'after the others'])
  })

  test('remember when and from where they were used', async () => {
    const { tokens, make, now, later } = await desk(engine)
    await make('one')
    later(1000)
    await tokens.noteUse('one', '10.1.2.3')
    expect(await tokens.find('one')).toMatchObject({ lastUsedAt: now(), lastUsedFrom: '10.1.2.3' })
  })
})

import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { adminsOf } from './admins.ts'

describe.each(ENGINES)('admins on %s', (engine) => {
  test('are found by id and by e-mail in any letter case', async () => {
    const admins = adminsOf(await emptyStore(engine))
    expect(await admins.count()).toBe(0)
    const created = await admins.create({ email: 'Ana@Example.com', passwordHash: 'hash' })
    expect(created).toMatchObject({ email: 'Ana@Example.com', passwordHash: 'hash' })
    expect(await admins.findByEmail('aNA@example.com')).toEqual(created)
    expect(await admins.findById(created.id)).toEqual(created)
    expect(await admins.findByEmail('bob@example.com')).toBe(null)
    expect(await admins.count()).toBe(1)
  })

  test('with one e-mail exist once, though several are created at the same time', async () => {
    const admins = adminsOf(await emptyStore(engine))
    const emails = ['ana@example.com', 'ANA@example.com', 'Ana@Example.com']
    const attempts = await Promise.allSettled(emails.map((email) => admins.create({ email, passwordHash: 'hash' })))
    const refused = attempts.filter(({ status }) => status === 'rejected')
    expect(refused).toMatchObject([1, 2].map(() => ({ reason: { problem: { type: '/problems/admin-exists' } } })))
    expect(await admins.count()).toBe(1)
  })

  test('that are disabled are not found, and still count', async () => {
    const store = await emptyStore(engine)
    const admins = adminsOf(store)
    const { id, email } = await admins.create({ email: 'ana@example.com', passwordHash: 'hash' })
    await store.db.updateTable('admins').set({ disabled_at: new Date() }).execute()
    expect(await admins.findByEmail(email)).toBe(null)
    expect(await admins.findById(id)).toBe(null)
    expect(await admins.count()).toBe(1)
  })
})

import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { auditOf } from './audit.ts'
import { bulkRunsOf } from './bulk-runs.ts'
import { groupsOf } from './groups.ts'
import { scheduledOf } from './scheduled.ts'
import type { Within } from './within.ts'

const WITHIN: Within = { userIds: new Set(['a', "it's"]), buckets: new Set(['b-a']), endings: ['@r.example'] }
const NOBODY: Within = { userIds: new Set(), buckets: new Set(), endings: [] }
const AT = new Date('2026-11-01T00:00:00Z')

const item = (userId: string | null, email: string) =>
  ({ line: null, userId, email, planned: 'change', detail: null }) as const

describe.each(ENGINES)('groups of users in %s', (engine) => {
  test('have a name that is theirs alone in the cluster, domains, and users who were added', async () => {
    const groups = groupsOf(await emptyStore(engine))
    const id = await groups.create('demo', { name: 'Reseller A', domains: ['a.example', 'b.example'] })
    const taken = { problem: { type: '/problems/group-exists' } }
    await expect(groups.create('demo', { name: 'reseller a', domains: [] })).rejects.toMatchObject(taken)
    const other = await groups.create('other', { name: 'Reseller A', domains: [] })
    await groups.add('demo', id, new Set(['u1', 'u2']))
    await groups.add('demo', id, new Set(['u2', 'u3']))
    await groups.takeOut(id, ['u1', 'u9'])
    await groups.change('demo', id, { name: 'Reseller A', domains: ['b.example'] })
    expect(await groups.list()).toEqual([
      { id, cluster: 'demo', name: 'Reseller A', domains: ['b.example'], added: 2 },
      { id: other, cluster: 'other', name: 'Reseller A', domains: [], added: 0 },
    ])
    expect((await groups.find('demo', id)).userIds).toEqual(new Set(['u2', 'u3']))
    const missing = { problem: { type: '/problems/group-not-found' } }
    await expect(groups.find('other', id)).rejects.toMatchObject(missing)
    await expect(groups.add('other', id, new Set(['u1']))).rejects.toMatchObject(missing)
    await expect(groups.change('other', id, { name: 'x', domains: [] })).rejects.toMatchObject(missing)
  })

  test('limit somebody at once, and a limit outlives its group', async () => {
    const groups = groupsOf(await emptyStore(engine))
    const [one, two] = [
      await groups.create('demo', { name: 'One', domains: ['one.example'] }),
      await groups.create('demo', { name: 'Two', domains: [] }),
    ]
    expect(await groups.limitOf('ada')).toBeNull()
    await groups.setLimit('ada', [one])
    expect((await groups.limitOf('ada'))?.groups).toMatchObject([{ id: one, domains: ['one.example'] }])
    await groups.add('demo', one, new Set(['u1']))
    expect((await groups.limitOf('ada'))?.groups[0]?.userIds).toEqual(new Set(['u1']))
    await groups.setLimit('ada', [one, two])
    await groups.setLimit('ada', [two, two])
    expect(await groups.limits()).toEqual(new Map([['ada', [two]]]))
    await expect(groups.setLimit('ada', [two, 'gone'])).rejects.toMatchObject({
      problem: { type: '/problems/group-not-found' },
    })
    await groups.remove(two)
    expect(await groups.limitOf('ada')).toEqual({ groups: [] })
    await groups.setLimit('ada', null)
    expect(await groups.limitOf('ada')).toBeNull()
    expect(await groups.limitOf('bob')).toBeNull()
  })

  test('cut the audit, what is scheduled and bulk changes to what is theirs', async () => {
    const store = await emptyStore(engine)
    const audit = auditOf(store)
    const entry = { actor: 'ada@example.com', cluster: 'demo', outcome: 'refused' } as const
    const note = (target: string, more: object) => audit.record({ ...entry, action: 'user.disable', target, ...more })
    await note('mine', { userId: 'a' })
    await note('quoted', { userId: "it's" })
    await note('yours', { userId: 'c', actor: 'bob@example.com' })
    await note('my bucket', { bucket: 'b-a' })
    await note('your bucket', { bucket: 'b-c' })
    await note('new@R.example', { action: 'user.create' })
    await note('new@other.example', { action: 'user.create' })
    await note('sign-in@r.example', { action: 'session.refused', cluster: null })
    const started = await audit.begin({ ...entry, action: 'user.create', target: 'x@r.example' })
    const before = await audit.lastSeq()
    await audit.end(started, { outcome: 'refused', userId: 'c' })
    const targets = async (within: Within) =>
      (await audit.list({ cluster: 'demo', limit: 50, within })).items.map(({ target }) => target).toReversed()
    expect(await targets(WITHIN)).toEqual(['mine', 'quoted', 'my bucket', 'new@R.example'])
    expect(await targets(NOBODY)).toEqual([])
    const { failed } = await audit.operations('demo', AT, WITHIN)
    expect(failed.map(({ target }) => target).toReversed()).toEqual(await targets(WITHIN))
    expect(await audit.actors('demo', WITHIN)).toEqual(['ada@example.com'])
    expect(await audit.lastSeqWithin(WITHIN, 'demo', before)).toBeNull()
    await note('mine again', { userId: 'a' })
    expect(await audit.lastSeqWithin(WITHIN, 'demo', before)).toBe(await audit.lastSeq())

    const scheduled = scheduledOf(store, { now: () => AT })
    const wanted = { cluster: 'demo', action: 'user.delete', email: '', keyId: null, acceptLastKey: false } as const
    for (const userId of ['a', 'c']) await scheduled.add({ ...wanted, userId, askedBy: 'ada', dueAt: AT })
    expect(await scheduled.open('demo', { within: WITHIN })).toMatchObject([{ userId: 'a' }])
    expect(await scheduled.ended('demo', AT, { within: WITHIN })).toEqual([])

    const runs = bulkRunsOf(store)
    const run = { cluster_id: 'demo', actor: 'ada', change: '{}', source: '', rerun_of: null, per_second: 1 }
    const dates = { stored_bytes: null, listed_at: AT, createdAt: AT, expiresAt: AT }
    const mine = await runs.create({ ...run, ...dates }, [item('a', ''), item(null, 'new@r.example')])
    const mixed = await runs.create({ ...run, ...dates }, [item('a', ''), item('c', 'c@other.example')])
    expect(await runs.page('demo', 1, WITHIN)).toMatchObject({ rows: [{ id: mine }], matching: 1 })
    expect([await runs.isWithin(mine, WITHIN), await runs.isWithin(mixed, WITHIN)]).toEqual([true, false])
    // Deleted since, or made a moment ago: the list of users does not say whose it is, the e-mail does.
    const unlisted = await runs.create({ ...run, ...dates }, [item('a', ''), item('z', 'z@r.example')])
    expect(await runs.isWithin(unlisted, WITHIN)).toBe(true)
    expect(await runs.isWithin('gone', WITHIN)).toBe(false)
  })
})

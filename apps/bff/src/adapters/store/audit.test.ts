import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { auditOf, type Begin } from './audit.ts'
import { unseenWritesOf } from './audit-unseen.ts'

const entry: Begin = { actor: 'ana@example.com', action: 'user.disable', cluster: 'main', target: 'bob@example.com' }

describe.each(ENGINES)('the audit on %s', (engine) => {
  test('shows what was begun as started, and as it ended once that is known', async () => {
    const at = new Date('2026-11-01T08:00:00.000Z')
    const audit = auditOf(await emptyStore(engine), { now: () => at })
    const id = await audit.begin({ ...entry, userId: 'u1', bucket: 'b1', before: { state: 'enabled' } })
    const begun = {
      id,
      at: at.toISOString(),
      actor: 'ana@example.com',
      action: 'user.disable',
      cluster: 'main',
      userId: 'u1',
      bucket: 'b1',
      target: 'bob@example.com',
      before: { state: 'enabled' },
      after: null,
      outcome: 'started',
      detail: null,
      address: null,
      requestIds: [],
      canUndo: false,
      canRepeat: false,
    }
    expect(await audit.list({ cluster: 'main', limit: 10 })).toEqual({ items: [begun], next: null })
    await audit.end(id, { outcome: 'unknown', detail: 'the reply was lost' })
    const unknown = { ...begun, outcome: 'unknown', detail: 'the reply was lost' }
    expect((await audit.list({ cluster: 'main', limit: 10 })).items).toEqual([unknown])
    await audit.end(id, { outcome: 'done', after: { state: 'disabled' } })
    const done = { ...begun, outcome: 'done', after: { state: 'disabled' }, canUndo: true }
    expect((await audit.list({ cluster: 'main', limit: 10 })).items).toEqual([done])
  })

  test('knows the writes whose end nobody saw, the oldest first, and no others', async () => {
    let minute = 0
    const store = await emptyStore(engine)
    const audit = auditOf(store, { now: () => new Date(Date.UTC(2026, 10, 1, 0, (minute += 1))) })
    const killed = await audit.begin({ ...entry, userId: 'u1', before: { state: 'enabled' } })
    const lost = await audit.begin({ ...entry, action: 'key.create' })
    await audit.end(lost, { outcome: 'unknown', detail: 'lost', userId: 'u2' })
    const found = await audit.begin(entry)
    await audit.end(found, { outcome: 'unknown' })
    await audit.end(found, { outcome: 'done' })
    await audit.end(await audit.begin(entry), { outcome: 'refused' })
    await audit.begin({ ...entry, cluster: 'other' })
    await audit.begin({ ...entry, action: 'gap.decide' })

    const unseen = unseenWritesOf(store)
    const writes = await unseen.list('main', ['user.disable', 'key.create'], 0n)
    expect(writes).toMatchObject([
      {
        operationId: killed,
        outcome: 'started',
        userId: 'u1',
        before: { state: 'enabled' },
        after: null,
        detail: null,
      },
      {
        operationId: lost,
        outcome: 'unknown',
        userId: 'u2',
        detail: 'lost',
        knownAt: new Date('2026-11-01T00:03:00Z'),
      },
    ])
    expect(await unseen.list('main', ['user.disable'], writes[0]?.seq ?? 0n)).toEqual([])
    expect(await unseen.lastBefore(new Date('2026-11-01T00:01:30Z'))).toBe(writes[0]?.seq)
    expect(await unseen.lastBefore(new Date('2026-11-01T00:00:00Z'))).toBe(0n)
  })

  test('knows the keys that operations made for a user', async () => {
    const store = await emptyStore(engine)
    const audit = auditOf(store)
    const made = async (outcome: 'done' | 'unknown', keyId: string, userId: string) => {
      const id = await audit.begin({ ...entry, action: 'key.create', userId })
      await audit.end(id, { outcome, after: { keyId } })
    }
    await made('done', 'K1', 'u1')
    await made('unknown', 'K2', 'u1')
    await made('done', 'K3', 'u2')
    expect(await unseenWritesOf(store).keysMade('main', 'u1', 'another')).toEqual(['K1'])
  })

  test('knows where an operation came from and how the gateway numbered its answers', async () => {
    const audit = auditOf(await emptyStore(engine))
    const id = await audit.begin({ ...entry, address: '192.0.2.7' })
    await audit.end(id, { outcome: 'unknown', requestIds: ['80000000000000030003746059efad68', 'second'] })
    await audit.end(id, { outcome: 'done' })
    await audit.begin(entry)
    const { items } = await audit.list({ cluster: 'main', limit: 10 })
    expect(items.map(({ address, requestIds }) => [address, ...requestIds])).toEqual([
      [null],
      ['192.0.2.7', '80000000000000030003746059efad68', 'second'],
    ])
    for (const search of ['192.0.2.7', '3746059EFAD68'])
      expect((await audit.list({ cluster: 'main', search, limit: 10 })).items).toMatchObject([{ id }])
  })

  test('only ever adds rows', async () => {
    const store = await emptyStore(engine)
    const audit = auditOf(store)
    const id = await audit.begin(entry)
    const before = await store.db.selectFrom('audit').selectAll().execute()
    await audit.end(id, { outcome: 'done' })
    const after = await store.db.selectFrom('audit').selectAll().orderBy('seq').execute()
    expect(after).toHaveLength(2)
    expect(after.slice(0, 1)).toEqual(before)
  })

  test('is cut by the time at which things began', async () => {
    let hour = 0
    const audit = auditOf(await emptyStore(engine), { now: () => new Date(Date.UTC(2026, 10, 1, hour)) })
    for (hour = 1; hour <= 4; hour += 1) await audit.begin({ ...entry, target: `user-${hour}` })
    const span = { from: new Date(Date.UTC(2026, 10, 1, 2)), to: new Date(Date.UTC(2026, 10, 1, 4)) }
    const { items } = await audit.list({ cluster: 'main', ...span, limit: 10 })
    expect(items.map(({ target }) => target)).toEqual(['user-3', 'user-2'])
  })

  test('finds the entry of a new user by the id that the end told', async () => {
    const audit = auditOf(await emptyStore(engine))
    const id = await audit.begin({ ...entry, action: 'user.create' })
    await audit.end(id, { outcome: 'done', userId: 'u9', target: 'bob (u9)' })
    const { items } = await audit.list({ cluster: 'main', userId: 'u9', limit: 10 })
    expect(items).toMatchObject([{ id, userId: 'u9', target: 'bob (u9)', outcome: 'done' }])
  })

  test('is read page by page, newest first, each entry once', async () => {
    const audit = auditOf(await emptyStore(engine))
    const made: string[] = []
    for (let n = 0; n < 7; n += 1) {
      const id = await audit.begin(entry)
      made.unshift(id)
      await audit.end(id, { outcome: 'done' })
    }
    const first = await audit.list({ cluster: 'main', limit: 3 })
    await audit.begin(entry)
    const second = await audit.list({ cluster: 'main', limit: 3, before: first.next ?? '' })
    const third = await audit.list({ cluster: 'main', limit: 3, before: second.next ?? '' })
    expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toEqual(made)
    expect(third.next).toBe(null)
  })

  test('keeps clusters apart and shows what belongs to the console in each', async () => {
    const audit = auditOf(await emptyStore(engine))
    await audit.begin({ ...entry, cluster: 'other' })
    await audit.begin({ ...entry, userId: 'u1' })
    await audit.begin({ ...entry, bucket: 'b1', action: 'limits.change' })
    await audit.record({
      actor: 'ana@example.com',
      action: 'session.sign-in',
      target: 'ana@example.com',
      outcome: 'done',
    })
    const shown = async (filter: object) =>
      (await audit.list({ cluster: 'main', limit: 10, ...filter })).items.map(({ action }) => action)
    expect(await shown({})).toEqual(['session.sign-in', 'limits.change', 'user.disable'])
    expect(await shown({ userId: 'u1' })).toEqual(['user.disable'])
    expect(await shown({ bucket: 'b1' })).toEqual(['limits.change'])
    expect(await shown({ actions: ['session.sign-in'] })).toEqual(['session.sign-in'])
    expect(await shown({ userId: 'u1', actions: ['user.enable'] })).toEqual([])
  })

  test('refuses a cursor that it did not give', async () => {
    const audit = auditOf(await emptyStore(engine))
    const refused = { problem: { type: '/problems/request-invalid', errors: [{ pointer: '/query/before' }] } }
    for (const before of ['', 'x', '-1', '1e3', '9'.repeat(40)]) {
      await expect(audit.list({ cluster: 'main', limit: 1, before })).rejects.toMatchObject(refused)
    }
  })
})

import { describe, expect, test } from 'vitest'
import { ENGINES, type EngineName, emptyStore } from '../../../test/stores.ts'
import { auditOf } from './audit.ts'
import { bulkItemsOf } from './bulk-items.ts'
import { bulkRunsOf } from './bulk-runs.ts'

const AT = new Date('2026-11-20T12:00:00Z')
const LATER = new Date('2026-11-20T13:00:00Z')

const item = (email: string, planned: 'change' | 'already' | 'refused' = 'change') => ({
  line: null,
  userId: email,
  email,
  planned,
  detail: null,
})

const planned = async (engine: EngineName) => {
  const store = await emptyStore(engine)
  const [runs, items, audit] = [bulkRunsOf(store), bulkItemsOf(store), auditOf(store)]
  const run = {
    cluster_id: 'demo',
    actor: 'ada@example.com',
    change: '{"action":"disable"}',
    source: 'three',
    rerun_of: null,
    per_second: 5,
    stored_bytes: null,
    listed_at: AT,
    createdAt: AT,
    expiresAt: LATER,
  }
  const id = await runs.create(run, [item('a_1%'), item('b'), item('c', 'refused')])
  const state = async () => (await items.after(id, 0, 10)).map((each) => each.state)
  return { runs, items, audit, id, state }
}

describe.each(ENGINES)('bulk changes in the store, on %s', (engine) => {
  test('an item is claimed once, and begun only by who claimed it', async () => {
    const { items, id, state } = await planned(engine)
    expect(await items.claim(id, 1, 'one')).toBe(true)
    expect(await items.claim(id, 1, 'two')).toBe(false)
    expect(await items.claim(id, 3, 'three')).toBe(false)
    expect(await items.begin(id, 1, 'two')).toBe(false)
    expect(await state()).toEqual(['under-way', 'waiting', 'refused'])
    expect((await items.next(id))?.position).toBe(2)
  })

  test('an item that was taken over before it was begun is not begun, and one that was begun is not taken over', async () => {
    const { items, id, state } = await planned(engine)
    await items.claim(id, 1, 'one')
    await items.release(id, 1, 'one', false)
    expect(await items.begin(id, 1, 'one')).toBe(false)
    expect(await items.claim(id, 1, 'two')).toBe(true)
    expect(await items.begin(id, 1, 'two')).toBe(true)
    expect(await items.begin(id, 1, 'two')).toBe(false)
    await items.release(id, 1, 'two', false)
    expect(await state()).toEqual(['under-way', 'waiting', 'refused'])
    await items.finish(id, 1, 'one', { state: 'failed', endedAt: AT })
    await items.finish(id, 1, 'two', { state: 'done', endedAt: AT })
    await items.finish(id, 1, 'two', { state: 'failed', endedAt: AT })
    expect(await state()).toEqual(['done', 'waiting', 'refused'])
  })

  test('what is open is told with what the audit knows of it', async () => {
    const { items, audit, id } = await planned(engine)
    await items.claim(id, 1, 'one')
    await items.claim(id, 2, 'two')
    const entry = { actor: 'ada@example.com', action: 'user.disable', target: 'b', cluster: 'demo' } as const
    await audit.begin({ ...entry, operationId: 'two' })
    await items.begin(id, 2, 'two')
    await audit.end('two', { outcome: 'unknown', detail: 'lost' })
    expect((await items.open('demo')).toSorted((a, b) => a.position - b.position)).toMatchObject([
      { position: 1, begun: false, outcome: null },
      { position: 2, begun: true, outcome: 'unknown', detail: 'lost' },
    ])
    expect(await items.open('other')).toEqual([])
    await items.finish(id, 2, 'two', { state: 'unknown', endedAt: AT })
    expect(await items.open('demo')).toHaveLength(1)
  })

  test('a plan is discarded with its items, unless it was started', async () => {
    const { runs, items, id } = await planned(engine)
    expect(await runs.expired('demo', AT)).toEqual([])
    expect(await runs.expired('demo', new Date(LATER.getTime() + 1))).toEqual([id])
    expect(await runs.move(id, ['planned'], { state: 'running' })).toBe(true)
    expect(await runs.move(id, ['planned'], { state: 'running' })).toBe(false)
    expect(await runs.remove(id, 'planned')).toBe(false)
    await runs.move(id, ['running'], { state: 'planned' })
    expect(await runs.remove(id, 'planned')).toBe(true)
    expect(await items.after(id, 0, 10)).toEqual([])
  })

  test('items are counted, searched and paged', async () => {
    const { runs, items, id } = await planned(engine)
    await items.claim(id, 1, 'one')
    await items.finish(id, 1, 'one', { state: 'failed', endedAt: LATER })
    expect((await runs.counts([id], AT)).get(id)).toEqual({
      states: { failed: 1, waiting: 1, refused: 1 },
      planned: { change: 2, already: 0, refused: 1 },
      again: 1,
      lately: 1,
    })
    const found = async (filter: object) =>
      (await items.page(id, { page: 1, pageSize: 50, ...filter })).items.map(({ email }) => email)
    expect(await found({ search: '_1%' })).toEqual(['a_1%'])
    expect(await found({ search: '%' })).toEqual(['a_1%'])
    expect(await found({ state: 'refused' })).toEqual(['c'])
    expect(await items.page(id, { page: 2, pageSize: 2 })).toMatchObject({ matching: 3, items: [{ email: 'c' }] })
    expect(await items.failed(id)).toEqual([{ user_id: 'a_1%', email: 'a_1%' }])
  })
})

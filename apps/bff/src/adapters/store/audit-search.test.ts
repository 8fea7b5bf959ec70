import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { appendRows } from './append-rows.ts'
import { auditOf, type Begin } from './audit.ts'
import type { Store } from './store.ts'

const entry: Begin = { actor: 'ana@example.com', action: 'user.disable', cluster: 'main', target: 'bob@example.com' }
const OPERATIONS = 100_000
const AT_ONCE = 20_000

const rowsOf = (n: number) =>
  (['begin', 'end'] as const).map((kind, second) => ({
    seq: BigInt(2 * n + second + 1),
    at: new Date(1_790_000_000_000 + n * 1000),
    operation_id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    kind,
    actor: 'ada@provider.example',
    action: 'limits.change',
    cluster_id: 'main',
    user_id: `b81d6c5f895a${String(n % 10_000).padStart(4, '0')}`,
    bucket: null,
    target: `customer-${n % 10_000}@example.com`,
    before: '{"opsPerSecond.get":"unlimited"}',
    after: '{"opsPerSecond.get":"100"}',
    outcome: kind === 'begin' ? 'started' : n === 17 ? 'refused' : 'done',
    detail: kind === 'end' && n === 17 ? 'The gateway said 100%_no' : null,
  }))

const named = (n: number) => `customer-${n}@example.com`

const fill = async ({ db }: Store): Promise<void> => {
  for (let first = 0; first < OPERATIONS; first += AT_ONCE) {
    const rows = Array.from({ length: AT_ONCE }, (_, index) => rowsOf(first + index)).flat()
    await appendRows(db, 'audit', rows)
  }
  await sql`select max(nextval('audit_seq')) from generate_series(1, ${sql.lit(2 * OPERATIONS)})`.execute(db)
}

describe.each(ENGINES)('the search of the audit on %s', (engine) => {
  test('finds what any part of an entry says as it was last known', async () => {
    const audit = auditOf(await emptyStore(engine))
    const id = await audit.begin({ ...entry, action: 'user.create', target: 'New@Example.com' })
    await audit.end(id, { outcome: 'refused', detail: 'Over 100% of_it', userId: 'u9', after: { keyId: 'AKEY7' } })
    await audit.record({ ...entry, actor: 'eve', bucket: 'photos', action: 'limits.change', outcome: 'done' })
    const found = async (filter: object) =>
      (await audit.list({ cluster: 'main', limit: 10, ...filter })).items.map(({ action }) => action)
    const ofText = async (texts: string[]) => Promise.all(texts.map(async (search) => (await found({ search })).join()))
    const created = ['new@EXAMPLE', '100% OF_', 'U9', 'akey7', id.toUpperCase().slice(0, 20), 'ana@', '%', '_']
    expect(await ofText(created)).toEqual(created.map(() => 'user.create'))
    expect(await ofText(['eve', 'PHOTO'])).toEqual(['limits.change', 'limits.change'])
    expect(await ofText(['started', '100%of', 'a%b', "'"])).toEqual(['', '', '', ''])
    expect(await found({ outcome: 'refused' })).toEqual(['user.create'])
    expect(await found({ outcome: 'started' })).toEqual([])
    expect(await found({ actor: 'eve' })).toEqual(['limits.change'])
    expect(await found({ actor: 'ev' })).toEqual([])
    expect(await found({ actions: ['user.create', 'user.delete'] })).toEqual(['user.create'])
    expect(await found({ search: 'example', outcome: 'done' })).toEqual(['limits.change'])
    expect(await audit.actors('main')).toEqual(['ana@example.com', 'eve'])
  })

  test('pages through a large audit in order, whatever is asked for and however rare it is', async () => {
    const store = await emptyStore(engine)
    const audit = auditOf(store)
    await fill(store)
    const pages = async (filter: object, limit: number) => {
      const targets: string[] = []
      let before: string | undefined
      for (;;) {
        const { items, next } = await audit.list({ cluster: 'main', limit, before, ...filter })
        targets.push(...items.map(({ target }) => target))
        if (next === null) return targets
        before = next
      }
    }
    expect((await audit.list({ cluster: 'main', limit: 3 })).items.map(({ target }) => target)).toEqual(
      [9999, 9998, 9997].map(named),
    )
    expect(await pages({ search: '100%_NO' }, 5)).toEqual([named(17)])
    expect(await pages({ outcome: 'refused' }, 5)).toEqual([named(17)])
    expect(await pages({ search: named(4321) }, 3)).toEqual(Array.from({ length: 10 }, () => named(4321)))
    expect(await pages({ userId: 'b81d6c5f895a0042' }, 4)).toEqual(Array.from({ length: 10 }, () => named(42)))
    expect(await pages({ search: 'nothing of the kind' }, 5)).toEqual([])
    // What is learned of an old operation stands far behind it, and so does what the gateway called its request.
    const old = `00000000-0000-4000-8000-${String(18).padStart(12, '0')}`
    await audit.end(old, { outcome: 'done', requestIds: ['REQ-late-77'] })
    expect(await pages({ search: 'req-LATE-77' }, 5)).toEqual([named(18)])
    const span = { from: new Date(1_790_000_000_000), to: new Date(1_790_000_003_000) }
    expect(await pages(span, 2)).toEqual([2, 1, 0].map(named))
  })
})

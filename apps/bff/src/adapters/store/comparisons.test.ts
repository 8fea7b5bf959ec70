import { describe, expect, test } from 'vitest'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { auditOf } from './audit.ts'
import { verifyChain } from './audit-chain.ts'
import { comparisonsOf, type Sighting } from './comparisons.ts'

const MANY = 20_000
const at = (hour: number) => new Date(Date.UTC(2026, 10, 1, hour))

const sighting = (n: number, hour: number): Sighting => ({
  userId: `u${n}`,
  seenAt: at(hour),
  wasSoAt: null,
  isThere: true,
  email: `user-${n}@example.com`,
  state: hour === 1 ? 'enabled' : 'disabled',
  keyIds: hour === 1 ? null : [],
  auditSeq: 0n,
})
const unchanged = (seen: Sighting) => ({ sighting: seen, change: null })
const some = (hour: number) => Array.from({ length: MANY }, (_, n) => unchanged(sighting(n, hour)))

const changed = ({ sighting: seen }: { sighting: Sighting }) => ({
  sighting: seen,
  change: {
    action: 'user.changed-outside' as const,
    userId: seen.userId,
    target: seen.email,
    before: { state: 'enabled' },
    after: { state: 'disabled' },
    detail: 'x',
  },
})

describe.each(ENGINES)('comparisons on %s', (engine) => {
  test('keep many users and enter many changes at once, each a link of the chain', async () => {
    const store = await emptyStore(engine)
    const audit = auditOf(store)
    const comparisons = comparisonsOf(store)
    await audit.record({ actor: 'ana', action: 'gap.decide', target: 'x', outcome: 'done' })
    await comparisons.record('main', some(1), new Map())
    const before = await comparisons.known('main')
    expect(await comparisons.record('main', some(2).map(changed), before)).toBe(0)
    await audit.record({ actor: 'ana', action: 'gap.decide', target: 'x', outcome: 'done' })
    const known = await comparisons.known('main')
    expect(known.size).toBe(MANY)
    expect(known.get('u7')).toEqual(sighting(7, 2))
    expect(await comparisons.known('other')).toEqual(new Map())
    expect(await verifyChain(store)).toMatchObject({ entries: MANY + 2, fault: null })
    expect((await audit.list({ cluster: 'main', userId: 'u7', limit: 5 })).items).toMatchObject([
      { actor: 'outside the console', at: at(2).toISOString(), after: { state: 'disabled' }, outcome: 'done' },
    ])
  })

  test('enter what two of them found at once only once, and say how much was passed over', async () => {
    const store = await emptyStore(engine)
    const comparisons = comparisonsOf(store)
    await comparisons.record(
      'main',
      [1, 2, 3].map((n) => unchanged(sighting(n, 1))),
      new Map(),
    )
    await comparisons.record('other', [unchanged(sighting(1, 4))], new Map())
    const known = await comparisons.known('main')
    const found = (of: number[], hour: number) => of.map((n) => changed(unchanged(sighting(n, hour))))
    const passed = await Promise.all([
      comparisons.record('main', found([1, 2, 4], 2), known),
      comparisons.record('main', found([2, 1, 4], 3), known),
    ])
    expect(passed.toSorted()).toEqual([0, 3])
    expect(await comparisons.record('main', found([1, 3], 5), known)).toBe(1)
    const entries = await store.db.selectFrom('audit').select('user_id').execute()
    expect(entries.map(({ user_id }) => user_id)).toEqual(expect.arrayContaining(['u1', 'u2', 'u3', 'u4']))
    expect(entries).toHaveLength(4)
    expect(await verifyChain(store)).toMatchObject({ entries: 4, fault: null })
    expect(await comparisons.record('main', found([1], 6), await comparisons.known('main'))).toBe(0)
  })

  test('know the last one, and what the console did since', async () => {
    const store = await emptyStore(engine)
    const comparisons = comparisonsOf(store)
    expect(await comparisons.last('main')).toBe(null)
    const run = { auditSeq: 5n, settledSeq: 3n, settledAt: at(1), users: 2, changes: 0 }
    await comparisons.finish('main', { ...run, comparedAt: at(2) })
    await comparisons.finish('main', { ...run, comparedAt: at(3) })
    expect(await comparisons.last('main')).toEqual({ ...run, comparedAt: at(3) })

    const audit = auditOf(store, { now: () => at(1) })
    const begin = (action: 'user.disable' | 'limits.change', userId: string) =>
      audit.begin({ actor: 'ana', action, cluster: 'main', target: userId, userId })
    const first = await begin('user.disable', 'u1')
    await begin('user.disable', 'u2')
    await begin('limits.change', 'u3')
    const seq = await audit.lastSeq()
    await audit.end(first, { outcome: 'done', after: { state: 'disabled' } })
    expect(await comparisons.operations('main', seq, at(2))).toMatchObject([
      { userId: 'u1', outcome: 'done', after: { state: 'disabled' }, lastSeq: seq + 1n },
    ])
    expect(await comparisons.operations('main', seq, at(1))).toHaveLength(2)
  })
})

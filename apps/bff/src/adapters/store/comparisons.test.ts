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
const some = (hour: number) => Array.from({ length: MANY }, (_, n) => sighting(n, hour))

describe.each(ENGINES)('comparisons on %s', (engine) => {
  test('keep many users and enter many changes at once, each a link of the chain', async () => {
    const store = await emptyStore(engine)
    const audit = auditOf(store)
    const comparisons = comparisonsOf(store)
    await audit.record({ actor: 'ana', action: 'gap.decide', target: 'x', outcome: 'done' })
    await comparisons.record('main', some(1), [])
    const changes = some(2).map(({ userId, email }) => ({
      action: 'user.changed-outside' as const,
      userId,
      target: email,
      before: { state: 'enabled' },
      after: { state: 'disabled' },
      detail: 'x',
    }))
    await comparisons.record('main', some(2), changes)
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

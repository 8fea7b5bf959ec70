import type { UserAsOf } from '@ostor-console/shared/as-of'
import { describe, expect, test } from 'vitest'
import { desk } from '../../../test/desk.ts'
import { auditOf, type Begin, type End } from '../../adapters/store/audit.ts'
import { comparisonsOf, type Sighting } from '../../adapters/store/comparisons.ts'

const hour = (at: number) => new Date(Date.UTC(2026, 9, 1) + at * 3_600_000)
const ID = 'u1'

/** A store whose hours are told: what was done and seen at each, and a user as of one of them. */
const told = async () => {
  const { store, ask } = await desk()
  let now = hour(0)
  const audit = auditOf(store, { now: () => now })
  const comparisons = comparisonsOf(store)
  const entry = { actor: 'ana', cluster: 'demo', target: 'bob@example.com', userId: ID }
  return {
    ask,
    /** Begun at an hour, and ended half an hour later unless it is open. */
    did: async (at: number, action: Begin['action'], more: Partial<Begin>, end: Partial<End> | null = {}) => {
      now = hour(at)
      const id = await audit.begin({ ...entry, action, ...more })
      now = hour(at + 0.5)
      if (end) await audit.end(id, { outcome: 'done', ...end })
      return id
    },
    saw: async (at: number, seen: Partial<Sighting> | null, wasSo: number | null = null) => {
      const auditSeq = await audit.lastSeq()
      const when = { seenAt: hour(at), wasSoAt: wasSo === null ? null : hour(wasSo), auditSeq }
      const as = { userId: ID, isThere: true, email: 'bob@example.com', state: 'enabled', keyIds: null } as const
      if (seen) {
        const found = [{ sighting: { ...as, ...when, ...seen }, change: null }]
        await comparisons.record('demo', found, await comparisons.known('demo'))
      }
      const run = { comparedAt: hour(at), auditSeq, settledSeq: auditSeq, settledAt: hour(at), users: 1, changes: 0 }
      await comparisons.finish('demo', run)
    },
    asOf: async (at: number) => {
      const { body } = await ask<UserAsOf>('GET', `/users/${ID}/as-of?at=${hour(at).toISOString()}`)
      return body
    },
  }
}

describe('a user as of an instant', () => {
  test('is what the console did, with who and when, and is not known where nothing tells', async () => {
    const { did, asOf } = await told()
    await did(1, 'user.create', { userId: null }, { userId: ID, after: { email: 'bob@example.com', keyId: 'K1' } })
    const off = await did(3, 'user.disable', { before: { state: 'enabled' }, after: { state: 'disabled' } })
    await did(4, 'key.create', { before: { keyIds: 'K1' } }, { after: { keyId: 'K2' } })
    await did(5, 'key.revoke', { target: 'K1', before: { keyIds: 'K1, K2' }, after: { keyIds: 'K2' } })
    await did(6, 'limits.change', { before: { get: 'unlimited', put: '5' }, after: { get: '9' } })
    await did(7, 'quota.change', { before: { size: 'unlimited' }, after: { size: '10' } }, { outcome: 'refused' })

    const early = await asOf(0.5)
    expect(Object.values(early.values).map(({ fields }) => fields)).toEqual([null, null, null, null, null])
    const { values } = await asOf(2)
    expect(values).toMatchObject({
      existence: { fields: { user: 'there', email: 'bob@example.com' } },
      state: { fields: null },
      keys: { fields: { keyIds: 'K1' } },
      limits: { fields: null },
    })
    expect((await asOf(3.2)).values.state).toMatchObject({ fields: null })
    const late = await asOf(8)
    expect(late.values.state).toEqual({
      fields: { state: 'disabled' },
      source: { kind: 'operation', at: hour(3.5).toISOString(), actor: 'ana', operationId: off },
      confirmedAt: null,
      reason: null,
    })
    expect(late.values).toMatchObject({
      keys: { fields: { keyIds: 'K2' } },
      limits: { fields: { get: '9', put: '5' } },
      quota: { fields: null },
    })
    expect((await asOf(4.7)).values.keys.fields).toEqual({ keyIds: 'K1, K2' })
    await did(9, 'user.delete', { before: { state: 'disabled' } })
    expect((await asOf(10)).values).toMatchObject({
      existence: { fields: { user: 'deleted' } },
      limits: { fields: null, reason: 'The user was deleted' },
    })
  })

  test('is what comparisons saw, but not between the two that a change lies between', async () => {
    const { saw, did, asOf } = await told()
    await saw(1, {})
    await saw(2, null)
    await saw(3, { state: 'disabled' }, 2)
    const { values, comparedSince } = await asOf(2)
    expect(comparedSince).toBe(hour(1).toISOString())
    expect(values.state).toMatchObject({ fields: { state: 'enabled' }, confirmedAt: hour(2).toISOString() })
    expect((await asOf(1.5)).values.state).toMatchObject({ fields: { state: 'enabled' }, confirmedAt: null })
    expect((await asOf(2.5)).values.state).toMatchObject({
      fields: null,
      reason: expect.stringMatching(/^It was changed outside the console between /),
    })
    expect((await asOf(3)).values.state).toMatchObject({
      fields: { state: 'disabled' },
      source: { kind: 'comparison' },
    })

    await did(4, 'user.enable', { after: { state: 'enabled' } })
    await saw(6, {}, 3)
    expect((await asOf(3.5)).values.state.fields).toEqual({ state: 'disabled' })
    expect((await asOf(5)).values.state.fields).toEqual({ state: 'enabled' })
    await saw(7, { isThere: false }, 6)
    expect((await asOf(7)).values).toMatchObject({
      existence: { fields: { user: 'deleted' } },
      state: { fields: null },
    })
  })

  test('is not known while it is not known how a change ended, nor in the future', async () => {
    const { saw, did, asOf, ask } = await told()
    await saw(1, {})
    await did(2, 'user.disable', { after: { state: 'disabled' } }, { outcome: 'unknown' })
    expect((await asOf(1.5)).values.state.fields).toEqual({ state: 'enabled' })
    expect((await asOf(3)).values.state).toMatchObject({
      fields: null,
      reason: expect.stringContaining('being changed'),
    })
    await saw(4, {}, 1)
    expect((await asOf(4)).values.state.fields).toEqual({ state: 'enabled' })
    expect((await ask('GET', `/users/${ID}/as-of?at=2999-01-01T00:00:00Z`)).status).toBe(400)
  })
})

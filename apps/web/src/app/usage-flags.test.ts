import type { AuditEntry } from '@ostor-console/shared/audit'
import { describe, expect, test } from 'vitest'
import { flagOf } from './usage-flags.ts'

const entry: AuditEntry = {
  id: '1',
  at: '2026-11-02T10:00:00.000Z',
  actor: 'ada@provider.example',
  action: 'limits.change',
  cluster: 'default',
  userId: 'b81d6c5f895a8c86',
  bucket: null,
  target: 'customer@example.com',
  before: { 'opsPerSecond.get': 'unlimited', 'opsPerSecond.put': '5' },
  after: { 'opsPerSecond.get': '10', 'opsPerSecond.put': '5' },
  outcome: 'done',
  detail: null,
  address: null,
  requestIds: [],
  canUndo: true,
  canRepeat: false,
}

describe('a flag on a chart', () => {
  test('says what was changed, from what to what', () => {
    expect(flagOf(entry)).toEqual([{ at: entry.at, label: 'Change limits', detail: 'GET per second unlimited → 10' }])
  })

  test('names a new key, which was not another before', () => {
    const made = { ...entry, action: 'key.create', before: { keyIds: 'A, B' }, after: { keyId: 'C' } } as const
    expect(flagOf(made)).toMatchObject([{ label: 'Generate key', detail: 'key id C' }])
  })

  test('stands for a change whose outcome is not known too, and says so', () => {
    expect(flagOf({ ...entry, outcome: 'unknown' })).toMatchObject([{ label: 'Change limits (outcome not known)' }])
  })

  test('stands for nothing that changed nothing', () => {
    expect(flagOf({ ...entry, outcome: 'refused' })).toEqual([])
    expect(flagOf({ ...entry, action: 'statistics.delete' })).toEqual([])
  })
})

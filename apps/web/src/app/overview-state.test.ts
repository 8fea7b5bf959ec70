import type { Connection } from '@ostor-console/shared/cluster'
import type { Collector } from '@ostor-console/shared/collector'
import { describe, expect, test } from 'vitest'
import { checksOf, type Known, nothingWaits, verdictOf, waitsOf } from './overview-state.ts'

const AT = '2026-11-01T00:00:00.000Z'

const connection: Connection = {
  state: 'ok',
  detail: null,
  since: AT,
  lastOkAt: AT,
  checkedAt: AT,
  clockSkewSeconds: 0,
  latencyMs: 4,
}

const collector: Collector = {
  state: 'up-to-date',
  detail: null,
  since: AT,
  collectedAt: AT,
  staleSince: null,
  historyFrom: AT,
  completeUntil: AT,
  objectsListed: 1,
  objectsStored: 1,
  objectsPending: 0,
  objectsQuarantined: 0,
  objectsPerSecond: null,
  gapsOpen: 0,
  sampledAt: AT,
  retention: { enabled: false, days: 30, safeToDelete: 0, deleted: 0 },
  recount: null,
  backup: { takenAt: AT, verifiedAt: AT, rows: 1, bytes: 1 },
  backupFailedAt: null,
}

const usersWith = (known: number, nearlyUsed: number, mayBeNearlyUsed = nearlyUsed) => ({
  users: {
    total: 9,
    enabled: 9,
    disabled: 0,
    storedBytes: null,
    quotas: { known, nearlyUsed, mayBeNearlyUsed, asOf: AT, lacking: known === 9 ? null : ('reading' as const) },
  },
})

const verdict = (known: Known) => verdictOf(checksOf(known), waitsOf(known))

describe('the first line of the overview', () => {
  test('says that everything works when it does', () => {
    expect(verdict({ connection, collector })).toEqual({ tone: 'good', text: 'Everything works' })
  })

  test('knows nothing before anything was read', () => {
    expect(verdict({})).toEqual({ tone: 'off', text: 'Not known now' })
    expect(verdict({ collector }).tone).toBe('off')
  })

  test('is not known while something is not read that this admin may know', () => {
    const known: Known = { connection, collector, unread: ['Operations'] }
    expect(verdict(known)).toEqual({ tone: 'off', text: 'Not known now' })
    expect(checksOf(known).at(-1)).toEqual({ name: 'Operations', tone: 'off', word: 'not known now' })
    expect(verdict({ ...known, collector: { ...collector, gapsOpen: 1 } }).tone).toBe('warn')
  })

  test('is no better than the worst of it', () => {
    const gap: Known = { connection, collector: { ...collector, gapsOpen: 3 } }
    expect(verdict(gap)).toEqual({ tone: 'warn', text: '1 thing needs attention' })
    const worse: Known = { ...gap, connection: { ...connection, state: 'unreachable' } }
    expect(verdict(worse)).toEqual({ tone: 'bad', text: '2 things need attention' })
    const failed: Known = { connection, collector: { ...collector, backupFailedAt: AT } }
    expect(verdict(failed).tone).toBe('bad')
    const stale: Known = { connection, collector: { ...collector, staleSince: AT } }
    expect(verdict(stale).tone).toBe('warn')
  })

  test('does not call it trouble that something waits for its date', () => {
    const change = {
      id: '1',
      action: 'user.delete' as const,
      userId: 'u',
      email: 'u@customer.example',
      keyId: null,
      newKeyId: null,
      isRotation: false,
      askedBy: 'admin@provider.example',
      askedAt: AT,
      dueAt: '2026-11-05T00:00:00.000Z',
      state: 'waiting' as const,
      endedAt: null,
      endedBy: null,
      detail: null,
      operationId: null,
    }
    const known: Known = { connection, collector, scheduled: [change, { ...change, id: '2', dueAt: AT }] }
    expect(waitsOf(known).map(({ text }) => text)).toEqual(['2 changes with a date, the next on 1 Nov 2026'])
    expect(verdict(known).tone).toBe('good')
  })

  test('says who has nearly used the quota, that it may be more while not all are known, and calls it no trouble', () => {
    const texts = (...given: Parameters<typeof usersWith>) => waitsOf(usersWith(...given)).map(({ text }) => text)
    expect(texts(9, 0)).toEqual([])
    expect(texts(9, 2)).toEqual(['2 users have used 90% or more of their quotas'])
    expect(texts(8, 1)).toEqual(['At least 1 user has used 90% or more of the quota'])
    expect(texts(9, 1, 3)).toEqual(['At least 1 user has used 90% or more of the quota'])
    expect(texts(9, 0, 3)).toEqual([
      "3 users may have used 90% or more of their quotas: the gateway's GB may be 10^9 or 2^30 bytes",
    ])
    expect(verdict({ connection, collector, ...usersWith(9, 2) }).text).toBe('Everything works')
  })
})

describe('that nothing waits', () => {
  const operations = { open: [], undecided: [], failed: [] }

  test('is said when everything was read', () => {
    expect(nothingWaits({ collector, operations }, false)).toBe('No change, gap or message waits for you')
  })

  test('is not said of what is being read, could not be, or is not for this admin', () => {
    expect(nothingWaits({ collector, operations }, true)).toBeNull()
    expect(nothingWaits({ collector, operations, unread: ['WHMCS'] }, false)).toBeNull()
    expect(nothingWaits({ operations }, false)).toBeNull()
    expect(nothingWaits({ collector }, false)).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import { emptyStore } from '../../../test/stores.ts'
import { testClock } from '../../../test/test-clock.ts'
import { createLease } from './lease.ts'

const log = { info: () => {} }

describe('the lease of several processes on one PostgreSQL', () => {
  test('is held by one, and by another as soon as the first gives it up', async () => {
    const store = await emptyStore('postgresql')
    const [first, second] = ['first', 'second'].map((holder) => createLease({ store, name: 'collector', holder, log }))
    expect([await first?.take(), await second?.take()]).toEqual([true, false])
    expect([await first?.take(), first?.isHeld(), second?.isHeld()]).toEqual([true, true, false])
    await first?.stop()
    expect([first?.isHeld(), await second?.take(), second?.isHeld()]).toEqual([false, true, true])
  })

  test('is lost by who sleeps, by a clock of its own, and taken by another once it ran out', async () => {
    const store = await emptyStore('postgresql')
    const { elapsedMs, later } = testClock(0)
    const sleeper = createLease({ store, name: 'collector', holder: 'sleeper', log, elapsedMs })
    const other = createLease({ store, name: 'collector', holder: 'other', log })
    await sleeper.take()
    later(15_001)
    expect(sleeper.isHeld()).toBe(false)
    expect(await other.take()).toBe(false)
    await store.db
      .updateTable('leases')
      .set({ expires_at: new Date(0) })
      .execute()
    expect(await other.take()).toBe(true)
    expect(await sleeper.take()).toBe(false)
    expect(await store.db.selectFrom('leases').select(['holder', 'fence']).execute()).toEqual([
      { holder: 'other', fence: 2n },
    ])
  })
})

test('the embedded store belongs to one process, which holds every lease', async () => {
  const store = await emptyStore('duckdb')
  expect(createLease({ store, name: 'collector', holder: 'only', log }).isHeld()).toBe(true)
})

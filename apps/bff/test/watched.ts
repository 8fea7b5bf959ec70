import type { Outcome } from '@ostor-console/shared/audit'
import { expect } from 'vitest'
import { auditOf, type Begin, type End } from '../src/adapters/store/audit.ts'
import { unseenWritesOf } from '../src/adapters/store/audit-unseen.ts'
import { createReconciler } from '../src/reconciler.ts'
import { desk } from './desk.ts'

/** An admin at work, whose console finds out later what it did not see. */
export const watched = async (options: Parameters<typeof desk>[0] = {}) => {
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const here = await desk(options, { now })
  const make = () =>
    createReconciler({
      cluster: here.cluster,
      audit: auditOf(here.store, { now }),
      unseen: unseenWritesOf(here.store),
      log: { info: () => {}, warn: () => {} },
      now,
      wait: async () => undefined,
    })
  const { round } = make()
  return {
    ...here,
    make,
    round,
    later: (by: number) => {
      ahead += by
      here.control.clock.advance(by)
    },
    /** What a process leaves behind that ended in the middle of it, or with the end of it. */
    leave: async (entry: Omit<Begin, 'actor' | 'cluster'>, end?: End) => {
      const audit = auditOf(here.store, { now })
      const id = await audit.begin({ actor: 'admin@example.com', cluster: 'demo', ...entry })
      if (end) await audit.end(id, end)
    },
    /** What was released reaches the gateway in its own time. */
    found: async (outcome: Outcome) => {
      await expect
        .poll(async () => {
          await round()
          return (await here.audit())[0]?.outcome
        })
        .toBe(outcome)
    },
    last: async () => (await here.audit())[0],
  }
}

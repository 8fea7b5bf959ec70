import type { Outcome } from '@ostor-console/shared/audit'
import { expect } from 'vitest'
import { type Audit, auditOf, type Begin, type End } from '../src/adapters/store/audit.ts'
import { unseenWritesOf } from '../src/adapters/store/audit-unseen.ts'
import { scheduledOf } from '../src/adapters/store/scheduled.ts'
import type { AppParts } from '../src/app.ts'
import { createReconciler } from '../src/reconciler.ts'
import { createScheduledWork } from '../src/scheduled-work.ts'
import { createTurns } from '../src/writing/turns.ts'
import { desk } from './desk.ts'

/** An admin at work, whose console finds out later what it did not see. */
export const watched = async (
  options: Parameters<typeof desk>[0] = {},
  parts: Partial<AppParts> = {},
  databaseUrl?: string,
) => {
  let ahead = 0
  let passed = 0
  const now = () => new Date(Date.now() + ahead)
  const here = await desk(options, { now, parts, databaseUrl })
  const make = (audit: Partial<Pick<Audit, 'begin' | 'end'>> = {}) =>
    createReconciler({
      cluster: here.cluster,
      audit: { ...auditOf(here.store, { now }), ...audit },
      unseen: unseenWritesOf(here.store),
      log: { info: () => {}, warn: () => {} },
      now,
      elapsedMs: () => performance.now() + passed,
      wait: async () => undefined,
    })
  const { round } = make()
  const scheduled = scheduledOf(here.store, { now })
  /** As a console that starts at this moment. */
  const startWork = () =>
    createScheduledWork({
      cluster: here.cluster,
      scheduled,
      unseen: unseenWritesOf(here.store),
      audit: auditOf(here.store, { now }),
      inTurn: createTurns(),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      now,
      wait: async () => undefined,
    })
  return {
    ...here,
    now,
    make,
    round,
    scheduled,
    startWork,
    /** Somebody sets the clock of the console. */
    setClock: (by: number) => {
      ahead += by
    },
    ahead: () => ahead,
    later: (by: number) => {
      ahead += by
      passed += by
      here.control.clock.advance(by)
    },
    /** What a process leaves behind that ended in the middle of it, or with the end of it. */
    leave: async (entry: Omit<Begin, 'actor' | 'cluster'>, end?: End) => {
      const audit = auditOf(here.store, { now })
      const id = await audit.begin({ actor: 'admin@example.com', cluster: 'demo', ...entry })
      if (end) await audit.end(id, end)
      await round()
      return id
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

type Here = Awaited<ReturnType<typeof watched>>
export type Write = { name: string; send: (here: Here) => Promise<unknown> }

export const NEW_KEY: Write = { name: 'a new key', send: ({ ask, user }) => ask('POST', `/users/${user(1).id}/keys`) }

/** The answer is lost, and the request takes effect only when it is released, or never. */
export const loseAnswer = async (here: Here, { send }: Write): Promise<void> => {
  const { faults } = here.control
  for (const method of ['PUT', 'POST', 'DELETE']) faults.add({ method, hold: true, reset: 'before' })
  await send(here)
  faults.clear()
  await here.round()
}

/** The id of a key that comes after its answer was lost. */
export const lateKey = async (here: Here): Promise<string | undefined> => {
  await loseAnswer(here, NEW_KEY)
  here.control.faults.release()
  await expect.poll(() => here.user(1).keys.length).toBe(2)
  return here.user(1).keys[1]?.id
}

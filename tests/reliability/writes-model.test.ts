import { assert, asyncModelRun, asyncProperty, commands } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { auditOf } from '../../apps/bff/src/adapters/store/audit.ts'
import { isUndecided } from '../../apps/bff/src/adapters/store/audit-unseen.ts'
import { watched } from '../../apps/bff/test/watched.ts'
import { COMMANDS, MINUTE, type Model, type Real, USERS } from './key-commands.ts'

const RUNS = Number(process.env['WRITES_MODEL_RUNS'] ?? 15)

/** All is well again, what was late arrives, and the console has a quarter of an hour. */
const quiet = async ({ here, work }: Real): Promise<void> => {
  here.control.faults.clear()
  here.control.faults.release()
  await here.gateway.ping()
  await here.signIn()
  for (let passed = 0; passed < 15 * MINUTE; passed += 10_000) {
    await here.round()
    await work.round()
    here.later(10_000)
  }
}

describe('keys, whatever becomes of the requests that change them', () => {
  test('are those that somebody has, every outcome is found out, and nobody is left without', {
    timeout: 3_600_000,
  }, async () => {
    const here = await watched({ users: 2, buckets: 2, days: 1, skewMinutes: 0 })
    const { store, oracle, control } = here
    let run = 0
    await assert(
      asyncProperty(commands(COMMANDS, { maxCommands: 14 }), async (given) => {
        run += 1
        const made = Array.from({ length: USERS }, (_, index) =>
          control.users.create({ email: `user-${run}-${index}@example.com` }),
        )
        const held = new Set(made.flatMap(({ keys }) => keys.map(({ id }) => id)))
        const real: Real = { here, work: here.startWork(), ids: made.map(({ id }) => id), held }
        const model: Model = { robbed: new Set() }
        await here.gateway.ping()
        await here.signIn()
        await asyncModelRun(() => ({ model, real }), given)
        await quiet(real)

        for (const [index, userId] of real.ids.entries()) {
          const { items } = await auditOf(store).list({ cluster: 'demo', userId, limit: 200 })
          const open = items.filter(
            ({ outcome, detail }) => outcome === 'started' || (outcome === 'unknown' && !isUndecided(detail)),
          )
          expect(open).toEqual([])
          const there = oracle.user(userId)?.keys.map(({ id }) => id) ?? []
          const said = items.map(({ detail }) => detail ?? '').join(' ')
          expect({ orphans: there.filter((id) => !held.has(id) && !said.includes(id)) }).toEqual({ orphans: [] })
          expect(there.length).toBeLessThanOrEqual(2)
          const usable = there.filter((id) => held.has(id))
          expect({ usable: usable.length > 0 || model.robbed.has(index) }).toEqual({ usable: true })
        }
        const waiting = await here.scheduled.open('demo')
        expect(waiting.filter(({ userId }) => real.ids.includes(userId))).toEqual([])
      }),
      { numRuns: RUNS, seed: 11, endOnFailure: process.env['WRITES_MODEL_SHRINK'] === undefined },
    )
  })
})

import type { BulkItem } from '@ostor-console/shared/bulk'
import { describe, expect, test } from 'vitest'
import { Secret } from '../../apps/bff/src/adapters/gateway/secret.ts'
import { auditOf } from '../../apps/bff/src/adapters/store/audit.ts'
import { unseenWritesOf } from '../../apps/bff/src/adapters/store/audit-unseen.ts'
import { bulkItemsOf } from '../../apps/bff/src/adapters/store/bulk-items.ts'
import { bulkRunsOf } from '../../apps/bff/src/adapters/store/bulk-runs.ts'
import { openStore, type Store } from '../../apps/bff/src/adapters/store/store.ts'
import { lookUp } from '../../apps/bff/src/bulk-users.ts'
import type { Wanted } from '../../apps/bff/src/features/bulk/choice.ts'
import { makePlan } from '../../apps/bff/src/features/bulk/make-plan.ts'
import { openCluster } from '../../apps/bff/src/open-cluster.ts'
import { createReconciler } from '../../apps/bff/src/reconciler.ts'
import { gatewayWithStatistics } from '../../apps/bff/test/collecting.ts'
import { ENGINES, type EngineName, emptyPlace } from '../../apps/bff/test/stores.ts'
import type { Call } from '../../apps/gateway-sim/src/calls.ts'
import { createKilling } from './killing.ts'
import { randomOf } from './random-faults.ts'

// `BULK_USERS=1000` is what the promise names; it takes minutes, for the ceiling is kept.
const USERS = Number(process.env['BULK_USERS'] ?? 120)
const PER_SECOND = 50
const STEPS = 40
/** The embedded store is killed at every second step, PostgreSQL at every fourth: the order of steps is the same. */
const STRIDES = { duckdb: 2, postgresql: 4 }
const FIRST = { duckdb: 1, postgresql: 2 }
const RANDOM_KILLS = 5
const MINUTE = 60_000
const SILENT = { info: () => {}, warn: () => {} }

type Fate = keyof typeof END

const END = { refused: 'refused', 'lost before': 'failed', 'lost after': 'done', late: 'done', plain: 'done' } as const

/** What becomes of the request that is to change the user of this number. One in ten is refused. */
const fateOf = (n: number): Fate => {
  if (n % 10 === 3) return 'refused'
  if (n % 20 === 5) return 'lost before'
  if (n % 20 === 7) return 'lost after'
  return n % 20 === 9 ? 'late' : 'plain'
}

const setUp = async (engine: EngineName) => {
  const place = await emptyPlace(engine)
  const world = { users: USERS, disabledUsers: Math.ceil(USERS / 20), buckets: 10, skewMinutes: 0, services: 1 }
  const { control, end: _, ...simulator } = await gatewayWithStatistics(world)
  const { endpoint, accessKeyId, secretAccessKey } = simulator
  const gateway = { endpoint, accessKeyId, secretAccessKey }
  const kill = await createKilling('bulk')
  const calls: Call[] = []
  let aheadMs = 0
  const now = () => new Date(Date.now() + aheadMs)

  const at = async <T>(
    work: (store: Store, cluster: Awaited<ReturnType<typeof openCluster>>) => Promise<T>,
  ): Promise<T> => {
    const store = await openStore(place)
    const config = { id: 'demo', name: 'Demo', ...gateway, signature: 'v2', region: 'us-east-1', dialect: {} } as const
    const secret = Secret.of(secretAccessKey)
    const cluster = await openCluster(
      { ...config, secretAccessKey: secret },
      { store, log: SILENT, staleAfterMs: 300_000 },
    )
    try {
      return await work(store, cluster)
    } finally {
      await cluster.gateway.close()
      await store.close()
    }
  }

  return {
    control,
    calls,
    at,
    /** One process, killed at a step; answers whether it was killed before it had nothing left to begin. */
    process: async (step: number, by: 'itself' | 'parent'): Promise<boolean> => {
      control.clearCalls()
      const killed = await kill({ place, gateway, aheadMs, killAt: { step, by } })
      calls.push(...control.calls())
      return killed
    },
    /** What was held arrives, and much later the console finds out how the writes ended whose end nobody saw. */
    findOut: () =>
      at(async (store, cluster) => {
        control.faults.release()
        aheadMs += 3 * MINUTE
        const audit = auditOf(store, { now })
        const unseen = unseenWritesOf(store)
        let elapsed = 0
        const parts = {
          cluster,
          audit,
          unseen,
          log: SILENT,
          now,
          elapsedMs: () => elapsed,
          wait: async () => undefined,
        }
        const { round } = createReconciler(parts)
        await round()
        elapsed = 3 * MINUTE
        await round()
      }),
    plan: (wanted: Wanted): Promise<string> =>
      at(async (store, cluster) => {
        const runs = bulkRunsOf(store)
        const asked = { change: { action: 'disable' as const }, source: 'Everybody', actor: 'ada@example.com' }
        const id = await makePlan({ runs, look: lookUp, now })(cluster, {
          ...asked,
          wanted,
          rerunOf: null,
          scope: null,
        })
        const started = { state: 'running', per_second: PER_SECOND, started_at: now(), operation_id: id } as const
        expect(await runs.move(id, ['planned'], started)).toBe(true)
        return id
      }),
    ended: (id: string) =>
      at(async (store) => ({
        state: (await bulkRunsOf(store).find('demo', id))?.state,
        items: await bulkItemsOf(store).after(id, 0, 100_000),
        failed: await bulkItemsOf(store).failed(id),
      })),
    audited: (items: BulkItem[]) =>
      at(async (store) => {
        const outcomes: (string | undefined)[] = []
        for (const { operationId } of items)
          outcomes.push((await auditOf(store).find('demo', operationId ?? ''))?.outcome)
        return outcomes
      }),
  }
}

const writesTo = (calls: Call[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { method, parameters } of calls) {
    const email = parameters.find(({ name }) => name === 'emailAddress')?.value ?? ''
    if (method === 'POST') counts.set(email, (counts.get(email) ?? 0) + 1)
  }
  return counts
}

/**
 * Requests are sent one after the other, each a slot after the one before, and come when their answer is awaited: of any
 * that follow each other the last came no earlier than all slots but one after the first. One more for a killed process.
 */
const expectCeilingKept = (calls: Call[]): void => {
  const times = calls.map(({ atMs }) => atMs)
  const together = 2 * PER_SECOND
  const tooFast = times.filter((from, index) => {
    const to = times[index + together + 3]
    return to !== undefined && to - from < (together / PER_SECOND) * 1000
  })
  expect(tooFast).toEqual([])
}

const isDisabled = (state: BulkItem['state']): boolean => state === 'done' || state === 'already'
const OUTCOMES: Partial<Record<BulkItem['state'], string>> = { done: 'done', failed: 'not-done', refused: 'refused' }

describe.each(ENGINES)('a bulk change whose process is killed again and again, on %s', (engine) => {
  test('ends with exactly the right list, writes to nobody twice, and keeps the ceiling', {
    timeout: 3_600_000,
  }, async () => {
    const { control, calls, process, findOut, plan, ended, audited } = await setUp(engine)
    const random = randomOf(7)
    const fates = new Map(control.oracle.users().map(({ email }, n) => [email, fateOf(n)]))
    for (const [email, fate] of fates) {
      const one = { method: 'POST', parameters: { emailAddress: email } }
      if (fate === 'refused') control.faults.add({ ...one, status: 403, code: 'NotAllowed' })
      if (fate === 'lost before') control.faults.add({ ...one, reset: 'before' })
      if (fate === 'lost after') control.faults.add({ ...one, reset: 'after' })
      if (fate === 'late') control.faults.add({ ...one, hold: true, reset: 'before' })
    }
    for (let nth = 10; nth < USERS * 6; nth += 5 + Math.floor(random() * 30))
      control.faults.add({ method: 'GET', nth, reset: random() < 0.5 ? 'before' : 'after' })

    const id = await plan({})
    let kills = 0
    for (let step = FIRST[engine]; step <= STEPS; step += STRIDES[engine]) {
      kills += (await process(step, 'itself')) ? 1 : 0
      if (step % 16 < STRIDES[engine]) await findOut()
    }
    for (let count = 0; count < RANDOM_KILLS; count += 1) {
      kills += (await process(40 + Math.floor(random() * 300), 'parent')) ? 1 : 0
    }
    await process(0, 'itself')
    await findOut()
    await process(0, 'itself')

    expect(kills).toBeGreaterThan(STEPS / STRIDES[engine] / 2)
    const { state, items, failed } = await ended(id)
    expect(state).toBe('ended')
    const wrong = items.filter(({ planned, state: became, userId }) => {
      const disabled = control.oracle.user(userId ?? '')?.state === 'disabled'
      return planned === 'refused' ? became !== 'refused' : isDisabled(became) !== disabled
    })
    expect(wrong).toEqual([])
    const written = writesTo(calls)
    expect([...written].filter(([, count]) => count > 1)).toEqual([])
    const untouched = items.filter(({ planned }) => planned !== 'change')
    expect(untouched.filter(({ email }) => written.has(email))).toEqual([])
    // Whoever was written to when the process was killed may have come to nothing; all others are as they had to be.
    const others = items.filter(
      ({ planned, email, state: became }) => planned === 'change' && became !== END[fates.get(email) ?? 'plain'],
    )
    expect(others.map(({ state: became }) => became)).toEqual(others.map(() => 'failed'))
    expect(others.length).toBeLessThanOrEqual(kills)
    const begun = items.filter(({ operationId }) => operationId !== null)
    expect(await audited(begun)).toEqual(begun.map(({ state: became }) => OUTCOMES[became]))
    expectCeilingKept(calls)
    // Whoever runs this wants to know; a green line does not say.
    const count = (of: BulkItem['state']) => items.filter((item) => item.state === of).length
    console.log(
      `${engine}: ${items.length} users, ${kills} kills: ${count('done')} done, ${count('already')} already, ${count('refused')} refused, ${count('failed')} failed`,
    )

    control.faults.clear()
    calls.length = 0
    const again = await plan(failed.map(({ user_id, email }) => ({ line: null, id: user_id, email })))
    await process(0, 'itself')
    const second = await ended(again)
    expect(second.items.map(({ state: became }) => became)).toEqual(failed.map(() => 'done'))
    expect([...writesTo(calls).keys()].toSorted()).toEqual(failed.map(({ email }) => email).toSorted())
    expect(control.oracle.users().filter(({ state: now }) => now !== 'disabled')).toHaveLength(1)
  })
})

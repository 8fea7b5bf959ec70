import { problem } from '@ostor-console/shared/problem'
import { sql } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import { gatewayWithStatistics, objectsIn, staleRollUpsIn, totalsIn } from '../../../test/collecting.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { type RollUps, rollUpsOf } from '../../adapters/store/roll-ups.ts'
import type { Store } from '../../adapters/store/store.ts'

// 4,512 objects: more than are read in two goes.
const DAYS = { services: 2, users: 2, buckets: 2, since: '2026-09-18T12:00:00Z' }
const IN_ONE_GO = 2_000

const storedIn = async (store: Store): Promise<number> =>
  [...(await objectsIn(store)).values()].filter(({ sha256 }) => sha256 !== null).length

/** Bytes and operations of each month, from its roll-up or from its rows. */
const monthsIn = async ({ db }: Store, table: string, start: string) => {
  const { rows } = await sql`
    select date_trunc('month', ${sql.ref(start)}) as month, sum(uploaded_bytes) as uploaded, sum(get_ops) as "get"
    from ${sql.table(table)} where ${sql.ref(start)} < '2026-11-01T00:00:00Z' group by 1 order by 1`.execute(db)
  return rows
}

describe.each(ENGINES)('a backlog on %s', (engine) => {
  test('is read on while the whole days of what was read are summed up', async () => {
    const { collector, control, gateway } = await gatewayWithStatistics(DAYS)
    const store = await emptyStore(engine)
    const real = rollUpsOf(store)
    const { promise: readOn, resolve: sumUp } = Promise.withResolvers<void>()
    const bounds: (Date | undefined)[] = []
    const rollUps: RollUps = {
      ...real,
      async refreshBeside(cluster, refresh) {
        bounds.push(refresh.from)
        await readOn
        await real.refreshBeside(cluster, refresh)
      },
    }
    const round = collector(store, 'demo', gateway, { rollUps }).round()
    await vi.waitFor(async () => expect(await storedIn(store)).toBeGreaterThan(IN_ONE_GO), {
      timeout: 110_000,
      interval: 200,
    })
    const starts = [...(await objectsIn(store)).values()].map(({ started_at }) => started_at.toISOString()).toSorted()
    const [day] = starts.at(-IN_ONE_GO)?.split('T') ?? []
    expect(bounds).toEqual([new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)])
    sumUp()
    await round

    expect(await totalsIn(store)).toEqual(control.oracle.usage())
    expect(await staleRollUpsIn(store)).toBe(0)
    const months = await monthsIn(store, 'usage_rows', 'started_at')
    expect(months).toHaveLength(2)
    expect(await monthsIn(store, 'usage_bucket_months', 'starts_at')).toEqual(months)
    expect(await monthsIn(store, 'usage_user_months', 'starts_at')).toEqual(months)
    // Today has not ended.
    const marks = await store.db.selectFrom('usage_changes').select(['grain', 'starts_at']).distinct().execute()
    expect(marks).toEqual([{ grain: 'day', starts_at: new Date('2026-11-04T00:00:00Z') }])
  }, 120_000)

  test('says that its sums cannot be made', async () => {
    const { collector, gateway } = await gatewayWithStatistics()
    const store = await emptyStore(engine)
    const rollUps: RollUps = {
      ...rollUpsOf(store),
      refreshBeside: () => Promise.reject(problem('store-unavailable')),
    }
    const collecting = collector(store, 'demo', gateway, { rollUps })
    await expect(collecting.round()).rejects.toThrow('The store of the console is not available')
    expect((await collecting.status()).state).toBe('store-failing')
  })

  test('says first what is wrong with the gateway', async () => {
    const { collector, control, gateway } = await gatewayWithStatistics(DAYS)
    const store = await emptyStore(engine)
    const rollUps: RollUps = {
      ...rollUpsOf(store),
      refreshBeside: () => {
        control.faults.add({ service: 'ostor-usage', status: 403, code: 'AccessDenied' })
        return Promise.reject(problem('store-unavailable'))
      },
    }
    await expect(collector(store, 'demo', gateway, { rollUps }).round()).rejects.toThrow('AccessDenied')
  })

  test('is left when the collector stops, without its last sums', async () => {
    const { collector, gateway } = await gatewayWithStatistics(DAYS)
    const store = await emptyStore(engine)
    const refresh = vi.fn<RollUps['refresh']>(() => Promise.resolve())
    const { promise: untilSummed, resolve: summed } = Promise.withResolvers<void>()
    const rollUps: RollUps = { refresh, refreshBeside: async () => summed() }
    const collecting = collector(store, 'demo', gateway, { rollUps })
    collecting.start()
    await untilSummed
    await collecting.stop()
    expect(await storedIn(store)).toBeLessThan(2 * IN_ONE_GO)
    expect(refresh).not.toHaveBeenCalled()
  })
  test('is left only when its sums beside are made', async () => {
    const { collector, control, gateway } = await gatewayWithStatistics(DAYS)
    const store = await emptyStore(engine)
    const { promise: untilSummed, resolve: sumUp } = Promise.withResolvers<void>()
    const seen: string[] = []
    const stops: Promise<unknown>[] = []
    const rollUps: RollUps = {
      ...rollUpsOf(store),
      refreshBeside: async () => {
        // A new list is due, in the middle of which the collector is stopped.
        control.clock.advance(61_000)
        await untilSummed
        seen.push('summed')
      },
    }
    const listStatistics: typeof gateway.listStatistics = (page) => {
      if (stops.length === 0 && control.clock.now() > Date.parse('2026-11-04T12:00:30Z'))
        stops.push(collecting.stop().then(() => seen.push('stopped')))
      return gateway.listStatistics(page)
    }
    const collecting = collector(store, 'demo', { ...gateway, listStatistics }, { rollUps })
    collecting.start()
    await vi.waitFor(
      async () => {
        const state = await store.db.selectFrom('collector_state').select('listed_at').executeTakeFirst()
        expect(state?.listed_at.getTime()).toBeGreaterThan(Date.parse('2026-11-04T12:01:00Z'))
      },
      { timeout: 60_000 },
    )
    await store.ping()
    expect(seen).toEqual([])
    sumUp()
    await Promise.all(stops)
    expect(seen).toEqual(['summed', 'stopped'])
  }, 120_000)
})

import { sql } from 'kysely'
import { appendRows } from '../../apps/bff/src/adapters/store/append-rows.ts'
import { auditOf } from '../../apps/bff/src/adapters/store/audit.ts'
import { beginChain, verifyChain } from '../../apps/bff/src/adapters/store/audit-chain.ts'
import { openStore } from '../../apps/bff/src/adapters/store/store.ts'
import { startPostgres } from '../support/postgres.ts'
import type { Figure } from './figure.ts'
import { newPlace } from './history/places.ts'

const ENTRIES = 1_000_000
const AT_ONCE = 20_000
const GOAL_SECONDS = 10

const rowOf = (n: number) => ({
  seq: BigInt(n + 1),
  at: new Date(1_790_000_000_000 + n * 1000),
  operation_id: `00000000-0000-4000-8000-${String(n >> 1).padStart(12, '0')}`,
  kind: n % 2 === 0 ? ('begin' as const) : ('end' as const),
  actor: 'ada@provider.example',
  action: 'limits.change',
  cluster_id: 'default',
  user_id: `b81d6c5f895a${String(n % 10_000).padStart(4, '0')}`,
  bucket: null,
  target: `customer-${n % 10_000}@example.com`,
  before: '{"opsPerSecond.get":"unlimited","opsPerSecond.put":"unlimited"}',
  after: '{"opsPerSecond.get":"100"}',
  outcome: n % 2 === 0 ? 'started' : 'done',
  detail: null,
})

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const before = performance.now()
  await work()
  return (performance.now() - before) / 1000
}

/** A million entries compared with their chain, beside reading the same rows and no more. */
export const auditChain = async (): Promise<Figure[]> => {
  const server = await startPostgres()
  const figures: Figure[] = []
  for (const engine of ['duckdb', 'postgresql'] as const) {
    const place = await newPlace(engine, server.url)
    const store = await openStore(place)
    for (let first = 0; first < ENTRIES; first += AT_ONCE)
      await store.transaction((tx) =>
        appendRows(
          tx,
          'audit',
          Array.from({ length: AT_ONCE }, (_, index) => rowOf(first + index)),
        ),
      )
    // The next entry comes after them.
    await sql`select max(nextval('audit_seq')) from generate_series(1, ${sql.lit(ENTRIES)})`.execute(store.db)
    await beginChain(store)
    await auditOf(store).record({ actor: 'bench', action: 'gap.decide', target: 'last', outcome: 'done' })
    const floor = await seconds(async () => {
      for (let first = 1; first <= ENTRIES; first += AT_ONCE)
        await store.db
          .selectFrom('audit')
          .selectAll()
          .where('seq', '>=', BigInt(first))
          .where('seq', '<', BigInt(first + AT_ONCE))
          .execute()
    })
    let entries = 0
    const measured = await seconds(async () => {
      const { entries: fit, fault } = await verifyChain(store)
      if (fault !== null) throw new Error(`the entry ${fault.seq} is ${fault.is}`)
      entries = fit
    })
    figures.push({
      name: `${entries} entries of the audit verified`,
      unit: 's',
      measured,
      floor,
      floorIs: 'reading the rows',
      compared: measured / floor,
      comparedAs: 'ratio',
      goal: `≤ ${GOAL_SECONDS} s`,
      holds: measured <= GOAL_SECONDS,
      note: engine,
    })
    await store.close()
    await place.remove()
  }
  await server.stop()
  return figures
}

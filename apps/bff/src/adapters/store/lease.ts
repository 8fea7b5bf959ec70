import { sql } from 'kysely'
import { createRepeat } from '../../repeat.ts'
import type { Store } from './store.ts'

type Log = Record<'info', (details: object, message: string) => void>
type Parts = { store: Store; name: string; holder: string; log: Log; elapsedMs?: () => number }

const LEASE_SECONDS = 15
const RENEW_MS = 5_000

export type Lease = ReturnType<typeof createLease>

/**
 * Who of several processes on one PostgreSQL does what one is enough for. It only spares work: two that both believe to
 * hold it do no harm, because every transaction stands for itself. The embedded store has one process anyway.
 */
export const createLease = ({ store, name, holder, log, elapsedMs = () => performance.now() }: Parts) => {
  const isAlone = store.engine === 'duckdb'
  let heldUntilMs = Number.NEGATIVE_INFINITY

  /** By the clock of the database, which all processes share; for how long, by a clock of ours that never jumps. */
  const take = async (): Promise<boolean> => {
    if (isAlone) return true
    const askedMs = elapsedMs()
    const { rows } = await sql<{ fence: bigint }>`
      insert into leases (name, holder, fence, expires_at)
      values (${name}, ${holder}, 1, now() + ${sql.lit(LEASE_SECONDS)} * interval '1 second')
      on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at,
        fence = leases.fence + case when leases.holder = excluded.holder then 0 else 1 end
      where leases.holder = excluded.holder or leases.expires_at < now()
      returning fence`.execute(store.db)
    const wasHeld = elapsedMs() < heldUntilMs
    heldUntilMs = rows.length > 0 ? askedMs + LEASE_SECONDS * 1000 : Number.NEGATIVE_INFINITY
    if (rows.length > 0 && !wasHeld) log.info({ lease: name, fence: String(rows[0]?.fence) }, 'this process collects')
    return rows.length > 0
  }

  const renewing = createRepeat({
    // A store that does not answer lets the lease run out by itself.
    work: async () => void (await take()),
    pauseMs: () => RENEW_MS,
  })

  return {
    take,
    isHeld: (): boolean => isAlone || elapsedMs() < heldUntilMs,
    /** Resolves when it was asked for once. */
    start: async (): Promise<void> => {
      if (!isAlone) await renewing.start()
    },
    /** Gives it up at once, so that another process need not wait. */
    async stop(): Promise<void> {
      await renewing.stop()
      if (isAlone || elapsedMs() >= heldUntilMs) return
      heldUntilMs = Number.NEGATIVE_INFINITY
      await store.db
        .updateTable('leases')
        .set({ expires_at: new Date(0) })
        .where('name', '=', name)
        .where('holder', '=', holder)
        .execute()
        .catch(() => {})
    },
  }
}

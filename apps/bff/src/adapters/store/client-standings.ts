import type { Kysely } from 'kysely'
import * as z from 'zod'
import { appendRows } from './append-rows.ts'
import type { Schema } from './schema.ts'
import { saveSetting, settingOf } from './setting.ts'
import type { Store } from './store.ts'

/** What WHMCS said of a client that has users, when it was last compared. */
export type Standing = {
  /** As WHMCS called it when it was first compared since its users were linked. */
  email: string
  /** What of its services is suspended or ended, as a person would say it; `null` for nothing. */
  services: string | null
}
/** `failure`: why later tries came to nothing, in one sentence. */
export type Comparison = { asOf: Date | null; clients: number; failure: string | null }

export type ClientStandings = ReturnType<typeof clientStandingsOf>

const NAME = 'whmcs/compared'
const Kept = z.object({ asOf: z.coerce.date().nullable(), clients: z.int(), failure: z.string().nullable() })
const NEVER: Comparison = { asOf: null, clients: 0, failure: null }

const save = (db: Kysely<Schema>, comparison: Comparison): Promise<void> =>
  saveSetting(db, NAME, JSON.stringify(comparison))

/** What the last comparison with WHMCS learned, beside the clients themselves. */
export const clientStandingsOf = ({ db, transaction }: Pick<Store, 'db' | 'transaction'>) => {
  const last = async (): Promise<Comparison> => {
    const kept = await settingOf(db, NAME)
    return kept === null ? NEVER : (Kept.safeParse(JSON.parse(kept)).data ?? NEVER)
  }
  return {
    last,

    async all(): Promise<Map<number, Standing>> {
      const rows = await db.selectFrom('client_standings').selectAll().execute()
      return new Map(rows.map(({ client_id, email, services }) => [client_id, { email, services }]))
    },

    /** In place of what was known, all of it or nothing. */
    replace: (standings: ReadonlyMap<number, Standing>, { asOf, clients }: { asOf: Date; clients: number }) =>
      transaction(async (tx) => {
        await tx.deleteFrom('client_standings').execute()
        await appendRows(
          tx,
          'client_standings',
          [...standings].map(([client_id, { email, services }]) => ({ client_id, email, services })),
        )
        await save(tx, { asOf, clients, failure: null })
      }),

    /** What is known stays, and this is why it grows old. */
    fail: async (failure: string): Promise<void> => save(db, { ...(await last()), failure }),
  }
}

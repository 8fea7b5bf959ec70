import * as z from 'zod'
import type { Store } from './store.ts'

const Kept = z.object({ state: z.enum(['failing', 'store-failing']), detail: z.string(), since: z.iso.datetime() })

/** Why the process that collects does not get on, in one sentence, and since when. */
export type Trouble = z.infer<typeof Kept>
export type CollectorTrouble = ReturnType<typeof collectorTroubleOf>

/** What the process that collects one cluster tells the others on the same store; DuckDB has no others. */
export const collectorTroubleOf = ({ db, engine }: Pick<Store, 'db' | 'engine'>, clusterId: string) => {
  const name = `collector-trouble/${clusterId}`
  return {
    /** `null` when all is well. */
    async tell(trouble: Trouble | null): Promise<void> {
      if (engine === 'duckdb') return
      if (trouble === null) {
        await db.deleteFrom('settings').where('name', '=', name).execute()
        return
      }
      const value = JSON.stringify(trouble)
      await db
        .insertInto('settings')
        .values({ name, value })
        .onConflict((of) => of.column('name').doUpdateSet({ value }))
        .execute()
    },

    async told(): Promise<Trouble | null> {
      const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
      return row ? (Kept.safeParse(JSON.parse(row.value)).data ?? null) : null
    },
  }
}

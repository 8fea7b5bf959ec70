import * as z from 'zod'
import { saveSetting, settingOf } from './setting.ts'
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
      await saveSetting(db, name, trouble && JSON.stringify(trouble))
    },

    async told(): Promise<Trouble | null> {
      const kept = await settingOf(db, name)
      return kept === null ? null : (Kept.safeParse(JSON.parse(kept)).data ?? null)
    },
  }
}

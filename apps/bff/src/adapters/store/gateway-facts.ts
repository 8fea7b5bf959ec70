import { isTopic, type Topic } from '@ostor-console/shared/dialect'
import * as z from 'zod'
import { saveSetting } from './setting.ts'
import type { Store } from './store.ts'

type Learned = { way: string; at: Date; from: string }

const Kept = z.object({ way: z.string(), at: z.coerce.date(), from: z.string(), endpoint: z.string() })

/** What the answers of one gateway taught, by topic. What was learned at another address is not known of this one. */
export const gatewayFactsOf = ({ db }: Store, cluster: string, endpoint: string) => {
  const prefix = `dialect/${cluster}/`

  return {
    async load(): Promise<[Topic, Learned][]> {
      const rows = await db.selectFrom('settings').selectAll().where('name', 'like', `${prefix}%`).execute()
      return rows.flatMap(({ name, value }): [Topic, Learned][] => {
        const topic = name.slice(prefix.length)
        const kept = Kept.safeParse(JSON.parse(value))
        if (!isTopic(topic) || !kept.success || kept.data.endpoint !== endpoint) return []
        const { way, at, from } = kept.data
        return [[topic, { way, at, from }]]
      })
    },

    /** `null` forgets it. */
    save: (topic: Topic, learned: Learned | null): Promise<void> =>
      saveSetting(db, `${prefix}${topic}`, learned && JSON.stringify({ ...learned, endpoint })),
  }
}

import type { KyselyPlugin } from 'kysely'
import type { Store } from '../../apps/bff/src/adapters/store/store.ts'

/** Calls `step` before each statement. */
export const beforeStatements = (step: () => void): KyselyPlugin => ({
  transformQuery: ({ node }) => {
    step()
    return node
  },
  transformResult: async ({ result }) => result,
})

type Steps = { statement: () => void; commit?: () => void; committed?: () => void }

/** The store, which calls these before each statement and around each commit. What they throw undoes the transaction. */
export const inSteps = (store: Store, { statement, commit, committed }: Steps): Store => {
  const plugin = beforeStatements(statement)
  return {
    ...store,
    db: store.db.withPlugin(plugin),
    transaction: async (work) => {
      const result = await store.transaction(async (tx) => {
        const done = await work(tx.withPlugin(plugin))
        commit?.()
        return done
      })
      committed?.()
      return result
    },
    snapshot: (work) => store.snapshot((tx) => work(tx.withPlugin(plugin))),
  }
}

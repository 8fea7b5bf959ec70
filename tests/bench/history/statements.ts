import { CompiledQuery, type Kysely } from 'kysely'
import type { Schema } from '../../../apps/bff/src/adapters/store/schema.ts'
import type { Store } from '../../../apps/bff/src/adapters/store/store.ts'

type Seen = Pick<CompiledQuery, 'sql' | 'parameters'>

/** Runs the work once, and answers a function that runs the statements that it made again, in one snapshot, and nothing else. */
export const statementsOf = async (
  store: Store,
  work: (watched: Store) => Promise<unknown>,
): Promise<() => Promise<unknown>> => {
  const seen: Seen[] = []
  const watch = <DB extends Kysely<Schema>>(db: DB): DB => {
    const executor = db.getExecutor()
    const compile = executor.compileQuery.bind(executor)
    executor.compileQuery = (node, id) => {
      const query = compile(node, id)
      seen.push({ sql: query.sql, parameters: query.parameters })
      return query
    }
    return db
  }
  await work({ ...store, snapshot: (inside) => store.snapshot((tx) => inside(watch(tx))) })
  const queries = seen.map(({ sql, parameters }) => CompiledQuery.raw(sql, [...parameters]))
  return () =>
    store.snapshot(async (tx) => {
      for (const query of queries) await tx.executeQuery(query)
    })
}

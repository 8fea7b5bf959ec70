import { flushCompileCache } from 'node:module'
import { Kysely } from 'kysely'
import { openDuckDb } from '../../apps/bff/src/adapters/store/duckdb-engine.ts'
import { migrate } from '../../apps/bff/src/adapters/store/migrations.ts'
import { openPostgres } from '../../apps/bff/src/adapters/store/postgres-engine.ts'
import type { Schema } from '../../apps/bff/src/adapters/store/schema.ts'
import { openStore, type StoreConfig } from '../../apps/bff/src/adapters/store/store.ts'
import type { Collecting, Task } from './killing.ts'
import { ownCollector } from './own-collector.ts'
import { called, killMeAt, step } from './steps.ts'
import { beforeStatements, inSteps } from './store-in-steps.ts'

// A process to be killed. It waits for its task, and numbers its steps: before every statement to the store, after every
// transaction, before and after every call to the gateway.

const collect = async (place: StoreConfig, collecting: Collecting) => {
  const store = await openStore(place)
  const { collector, close } = ownCollector(inSteps(store, { statement: step, committed: step }), collecting, {
    now: () => new Date(collecting.now),
    through: (gateway) => ({
      listStatistics: called((page) => gateway.listStatistics(page)),
      readStatistics: called((name) => gateway.readStatistics(name)),
    }),
  })
  await collector.round()
  await close()
  await store.close()
}

const migrateAnew = async ({ folder, databaseUrl }: StoreConfig) => {
  const { dialect, close } = databaseUrl ? openPostgres(databaseUrl, () => {}) : await openDuckDb(folder)
  const db = new Kysely<Schema>({ dialect, plugins: [beforeStatements(step)] })
  await migrate({ db, engine: databaseUrl ? 'postgresql' : 'duckdb' })
  step()
  await db.destroy()
  await close()
}

const work = async ({ place, collecting }: Task): Promise<void> => {
  if (collecting) await collect(place, collecting)
  else await migrateAnew(place)
  process.disconnect()
}

// It never comes to an end at which it would do so by itself.
flushCompileCache()

process.once('message', (task: Task) => {
  killMeAt(task.killAt)
  void work(task)
})

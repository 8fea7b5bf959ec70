import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { emptyPlace, emptyStore } from '../../../test/stores.ts'
import { openStore } from './store.ts'

const OTHERS = sql`select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`

test('a connection that the server ends costs its own query and nothing else', async () => {
  const store = await emptyStore('postgresql')
  const ended = store.transaction(async (tx) => {
    await tx.insertInto('settings').values({ name: 'lost', value: '1' }).execute()
    await OTHERS.execute(store.db)
    await tx.insertInto('settings').values({ name: 'lost too', value: '1' }).execute()
  })
  await expect(ended).rejects.toMatchObject({ problem: { type: '/problems/store-unavailable' } })
  await store.ping()
  expect(await store.db.selectFrom('settings').selectAll().execute()).toEqual([])
})

test('a lost connection is logged without what the driver knows of it', async () => {
  const place = await emptyPlace('postgresql')
  const logged = Promise.withResolvers<object>()
  const store = await openStore(place, { log: { warn: logged.resolve } })
  onTestFinished(() => store.close())
  const other = await openStore(place)
  onTestFinished(() => other.close())
  await OTHERS.execute(other.db)
  expect(await logged.promise).toEqual({ reason: expect.stringContaining('terminating connection') })
})

test('a database that does not answer is told without its address', async () => {
  const place = await emptyPlace('postgresql')
  const databaseUrl = 'postgresql://postgres:hidden@127.0.0.1:1/console'
  const failed = await openStore({ ...place, databaseUrl }).catch((error: unknown) => error)
  expect(failed).toMatchObject({ problem: { type: '/problems/store-unavailable' } })
  expect(`${String(failed)}${JSON.stringify(failed)}`).not.toMatch(/127\.0\.0\.1|hidden/)
})

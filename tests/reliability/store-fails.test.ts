import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Collector } from '@ostor-console/shared/collector'
import { Client } from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore, type Store } from '../../apps/bff/src/adapters/store/store.ts'
import { gatewayWithStatistics, staleRollUpsIn, tornIn, totalsIn } from '../../apps/bff/test/collecting.ts'
import { emptyPlace, onServer } from '../../apps/bff/test/stores.ts'

const PROCESS = fileURLToPath(new URL('collecting-process.ts', import.meta.url))
const MINUTE = 60_000
const FAILING = { state: 'store-failing', detail: expect.stringContaining('nothing is deleted until it does again') }

type Gateway = Awaited<ReturnType<typeof gatewayWithStatistics>>

const expectAll = async (store: Store, { control }: Gateway): Promise<void> => {
  expect(await totalsIn(store)).toEqual(control.oracle.usage())
  expect(await tornIn(store)).toEqual([])
  expect(await staleRollUpsIn(store)).toBe(0)
  expect(control.calls().filter(({ method }) => method !== 'GET')).toEqual([])
}

// prlimit, which makes a disk full for one process, is a program of Linux.
describe.runIf(process.platform === 'linux')('a collector on DuckDB whose disk is full', () => {
  test.each([
    { when: 'at a commit', fullAt: 300_000, world: { users: 12, buckets: 40, itemsPerObject: 40 } },
    { when: 'at a checkpoint', fullAt: 17_500_000, world: { users: 12, buckets: 800, itemsPerObject: 700 } },
  ])('$when says so, deletes nothing, and goes on by itself', { timeout: 240_000 }, async ({ fullAt, world }) => {
    const place = await emptyPlace('duckdb')
    const gateway = await gatewayWithStatistics({ period: 300, since: '2026-11-03T02:00:00Z', ...world })
    const { endpoint, accessKeyId, secretAccessKey } = gateway
    const { clock } = gateway.control
    const collecting = { cluster: 'demo', gateway: { endpoint, accessKeyId, secretAccessKey }, now: clock.now() }
    const collector = fork(PROCESS, [JSON.stringify({ place, collecting })], { execArgv: [] })
    onTestFinished(() => void collector.kill('SIGKILL'))
    await once(collector, 'message')
    const round = async (): Promise<Collector> => {
      collector.send(clock.now())
      const [status] = await once(collector, 'message')
      return Collector.parse(status)
    }
    const limitFiles = (bytes: number | 'unlimited') =>
      execFileSync('prlimit', ['--pid', String(collector.pid), `--fsize=${bytes}:unlimited`])

    limitFiles(fullAt)
    expect(await round()).toMatchObject(FAILING)
    expect(await round()).toMatchObject(FAILING)
    limitFiles('unlimited')
    expect(await round()).toMatchObject({ state: 'up-to-date', detail: null })
    clock.advance(20 * MINUTE)
    expect(await round()).toMatchObject({ state: 'up-to-date', objectsPending: 0 })

    collector.disconnect()
    collector.kill('SIGKILL')
    await once(collector, 'exit')
    const store = await openStore(place)
    await expectAll(store, gateway)
    await store.close()
  })
})

const collectingOnPostgres = async () => {
  const place = await emptyPlace('postgresql')
  const store = await openStore(place)
  onTestFinished(() => store.close())
  const gateway = await gatewayWithStatistics({ period: 900 })
  const database = new URL(place.databaseUrl ?? '').pathname.slice(1)
  return { store, gateway, database, url: place.databaseUrl }
}

describe('a collector on PostgreSQL', () => {
  test('whose server goes away in the middle of its work says so, deletes nothing, and goes on by itself', async () => {
    const { store, gateway, database } = await collectingOnPostgres()
    const goAway = async (): Promise<void> => {
      await onServer(`alter database ${database} with allow_connections false`)
      await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`)
    }
    let reads = 0
    const collector = gateway.collector(store, 'demo', {
      listStatistics: (page) => gateway.gateway.listStatistics(page),
      readStatistics: async (name) => {
        reads += 1
        if (reads === 60) await goAway()
        return gateway.gateway.readStatistics(name)
      },
    })
    await expect(collector.round()).rejects.toThrow('store')
    await expect(collector.round()).rejects.toThrow('store')
    await expect(collector.status()).rejects.toThrow('store')

    await onServer(`alter database ${database} with allow_connections true`)
    expect(await collector.status()).toMatchObject(FAILING)
    await collector.round()
    expect(await collector.status()).toMatchObject({ state: 'up-to-date', detail: null })
    await expectAll(store, gateway)
  })

  test('whose tables somebody locks says so, deletes nothing, and goes on by itself', async () => {
    const { store, gateway, database, url } = await collectingOnPostgres()
    const collector = gateway.collector(store)
    await collector.round()
    gateway.control.clock.advance(40 * MINUTE)

    // In place of the minute after which a statement is given up.
    await onServer(`alter database ${database} set lock_timeout = '200ms'`)
    await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`)
    const somebody = new Client({ connectionString: url })
    await somebody.connect()
    await somebody.query('begin')
    await somebody.query('lock table usage_rows in access exclusive mode')
    await expect(collector.round()).rejects.toThrow('store')
    expect(await collector.status()).toMatchObject({ ...FAILING, collectedAt: expect.any(String) })
    await somebody.end()
    await collector.round()
    expect(await collector.status()).toMatchObject({ state: 'up-to-date', detail: null })
    await expectAll(store, gateway)
  })
})

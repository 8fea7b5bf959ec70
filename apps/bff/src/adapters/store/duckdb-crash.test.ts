import { type ChildProcess, spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { emptyPlace } from '../../../test/stores.ts'
import { connectionsTo } from './duckdb-connections.ts'
import { StoreLocked } from './duckdb-engine.ts'
import { openStore } from './store.ts'

const WRITER = fileURLToPath(new URL('../../../test/store-writer.ts', import.meta.url))

const startWriter = (folder: string, from: number): ChildProcess => {
  const writer = spawn(process.execPath, [WRITER, folder, String(from)], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void writer.kill('SIGKILL'))
  return writer
}

/** The numbers that the writer committed, until it was killed after `lines` of them. */
const killAfter = async (writer: ChildProcess, lines: number): Promise<number[]> => {
  const committed: number[] = []
  if (!writer.stdout) throw new Error('the writer has no output')
  for await (const line of createInterface({ input: writer.stdout })) {
    committed.push(Number(line))
    if (committed.length === lines) writer.kill('SIGKILL')
  }
  return committed
}

const sumOfAllBelow = (last: number) => sql<{ sum: string }>`select sum(i)::varchar as sum from range(${last}) t(i)`

describe('the folder of the embedded store', () => {
  test('holds every transaction that was acknowledged before kill -9, and no half of one', async () => {
    const place = await emptyPlace('duckdb')
    const acknowledged: number[] = []
    for (let round = 0; round < 10; round += 1) {
      const lines = 1 + Math.floor(Math.random() * 40)
      acknowledged.push(...(await killAfter(startWriter(place.folder, round * 10_000), lines)))

      const store = await openStore(place)
      const rows = await store.db.selectFrom('settings').selectAll().execute()
      await store.close()
      const found = (side: string) => rows.filter(({ name }) => name.startsWith(side)).map(({ value }) => Number(value))
      expect(new Set(found('left'))).toEqual(new Set(found('right')))
      expect(found('left')).toEqual(expect.arrayContaining(acknowledged))
    }
  })

  test('belongs to one process, and the second is told which', async () => {
    const { folder } = await emptyPlace('duckdb')
    const writer = startWriter(folder, 0)
    await new Promise((resolve) => writer.stdout?.once('data', resolve))
    const refused = await openStore({ folder }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(StoreLocked)
    expect(refused).toHaveProperty(
      'message',
      expect.stringMatching(`^The data folder .* is in use by the process ${writer.pid}\\..*DATA_DIR`),
    )
  })

  test('belongs to one store within a process too, until that is closed', async () => {
    const { folder } = await emptyPlace('duckdb')
    const first = await openStore({ folder })
    await expect(openStore({ folder })).rejects.toBeInstanceOf(StoreLocked)
    await first.close()
    await (await openStore({ folder })).close()
  })

  test('is free for the next process as soon as it is closed, whatever was asked before', async () => {
    const { folder } = await emptyPlace('duckdb')
    const store = await openStore({ folder })
    for (const name of ['a', 'b', 'c']) {
      await store.db.insertInto('settings').values({ name, value: '1' }).execute()
      expect(await store.db.selectFrom('settings').selectAll().where('name', '=', name).execute()).toHaveLength(1)
    }
    await store.close()
    expect(await killAfter(startWriter(folder, 0), 1)).toHaveLength(1)
  })

  test('is closed once what is under way has ended, and answers nothing after that', async () => {
    const { folder } = await emptyPlace('duckdb')
    const store = await openStore({ folder })
    const slow = Promise.all([1, 2, 3, 4].map(() => sumOfAllBelow(200_000_000).execute(store.db)))
    const write = store.db.insertInto('settings').values({ name: 'late', value: '1' }).execute()
    // Each asks for its connection within the same turn, before the store is closed.
    await new Promise(setImmediate)
    await store.close()
    expect((await slow).flatMap(({ rows }) => rows)).toEqual([1, 2, 3, 4].map(() => ({ sum: '19999999900000000' })))
    await write
    await expect(sumOfAllBelow(3).execute(store.db)).rejects.toThrow('destroyed')

    const again = await openStore({ folder })
    expect(await again.db.selectFrom('settings').select('name').execute()).toEqual([{ name: 'late' }])
    await again.close()
  })

  test('lends no connection from the moment on that it is to be closed', async () => {
    const { folder } = await emptyPlace('duckdb')
    const connections = await connectionsTo(() => DuckDBInstance.create(join(folder, 'one.duckdb')))
    const lent = await connections.borrow(true)
    const closed = connections.close()
    await expect(connections.borrow(true)).rejects.toThrow('the store is closed')
    await expect(lent.item.connection.run('select 1')).resolves.toBeDefined()
    lent.release()
    await closed
  })

  test('is made for its owner only', async () => {
    const { folder } = await emptyPlace('duckdb')
    const made = join(folder, 'data')
    await (await openStore({ folder: made })).close()
    expect((await stat(made)).mode & 0o777).toBe(0o700)
    expect((await stat(join(made, 'console.duckdb'))).mode & 0o777).toBe(0o600)
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isBackup } from '../../apps/bff/src/adapters/store/backup-folders.ts'
import { restoreBackup } from '../../apps/bff/src/adapters/store/backup-restore.ts'
import { backupTables } from '../../apps/bff/src/adapters/store/backup-tables.ts'
import { backupsOf } from '../../apps/bff/src/adapters/store/backups.ts'
import { safekeepingOf } from '../../apps/bff/src/adapters/store/safekeeping.ts'
import { openStore, type Store, type StoreConfig } from '../../apps/bff/src/adapters/store/store.ts'
import { gatewayWithStatistics, tornIn, totalsBy, totalsIn } from '../../apps/bff/test/collecting.ts'
import { ENGINES, emptyPlace } from '../../apps/bff/test/stores.ts'
import type { Moving } from './backup-process.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const WORLD = { period: 900, services: 3, restarts: 6, users: 12, buckets: 40, itemsPerObject: 25 }
const ACROSS = ENGINES.flatMap((from) => ENGINES.map((to) => [from, to] as const))
const PROCESS = fileURLToPath(new URL('backup-process.ts', import.meta.url))

const emptyFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ostor-console-drill-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const opened = async (place: StoreConfig) => {
  const store = await openStore(place)
  onTestFinished(() => store.close())
  return store
}

/** Runs one in a process of its own that is killed where it stands. */
const killedAt = async (moving: Moving): Promise<void> => {
  const child = spawn(process.execPath, [PROCESS, JSON.stringify(moving)], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdout.once('data', () => child.kill('SIGKILL'))
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
}

const rowsIn = async (store: Store) => {
  const counts: Record<string, bigint> = {}
  for (const table of backupTables()) {
    const { n } = await store.db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .executeTakeFirstOrThrow()
    counts[table] = n
  }
  return counts
}

describe.each(ACROSS)('a store on %s that is lost and restored into %s', (from, to) => {
  test('comes to the totals of the gateway again', { timeout: 120_000 }, async () => {
    const gateway = await gatewayWithStatistics(WORLD)
    const { oracle, clock, statistics } = gateway.control
    const store = await openStore(await emptyPlace(from))
    const collector = gateway.collector(store)
    const collect = async (collecting: typeof collector, hours: number) => {
      for (const minutes of [60 * hours, 1, 15, 1]) {
        clock.advance(minutes * MINUTE)
        await collecting.round()
      }
    }
    await collect(collector, 0)
    const folder = join(await emptyFolder(), 'one')
    await backupsOf(store).take(folder)

    // What the backup holds may be deleted at the gateway; the restored store still knows it.
    const old = await safekeepingOf(store).deletable('demo', new Date(clock.now() - 4 * HOUR), 50)
    expect(old).toHaveLength(50)
    for (const name of old) statistics.remove(name)
    await collect(collector, 3)
    expect(await totalsIn(store)).toEqual(oracle.usage())
    await store.close()

    const restored = await opened(await emptyPlace(to))
    await restoreBackup(restored, folder)
    expect(await totalsIn(restored)).not.toEqual(oracle.usage())
    await collect(gateway.collector(restored), 0)
    expect(await totalsIn(restored)).toEqual(oracle.usage())
    expect(await totalsBy('user', restored)).toEqual(oracle.usageBy('user'))
    expect(await totalsBy('bucket', restored)).toEqual(oracle.usageBy('bucket'))
    expect(await tornIn(restored)).toEqual([])
    // A store that has no backup of its own yet lets nothing be deleted.
    expect(await safekeepingOf(restored).safeToDelete('demo')).toBe(0)
  })
})

describe.each(ENGINES)('a process that is killed on %s', (engine) => {
  const filled = async () => {
    const gateway = await gatewayWithStatistics(WORLD)
    const place = await emptyPlace(engine)
    const store = await openStore(place)
    await gateway.collector(store).round()
    const rows = await rowsIn(store)
    const totals = await totalsIn(store)
    await store.close()
    return { place, rows, totals }
  }

  test('in the middle of a backup leaves nothing that looks like one', { timeout: 120_000 }, async () => {
    const { place, totals } = await filled()
    const parent = await emptyFolder()
    const folder = join(parent, 'one')
    for (const stopAt of ['admins', 'usage_rows', 'copied', 'checked', 'manifest']) {
      await killedAt({ place, folder, work: 'backup', stopAt })
      expect.soft(await isBackup(folder), stopAt).toBe(false)
      expect.soft(await readdir(parent), stopAt).not.toContain('one')
    }
    const store = await opened(place)
    expect(await safekeepingOf(store).lastBackup()).toEqual({ backup: null, backupFailedAt: null })
    await backupsOf(store).take(folder)
    expect(await isBackup(folder)).toBe(true)
    expect(await totalsIn(store)).toEqual(totals)
  })

  test('in the middle of a restore leaves an empty store, which takes the next one', { timeout: 120_000 }, async () => {
    const { place, rows, totals } = await filled()
    const folder = join(await emptyFolder(), 'one')
    const store = await openStore(place)
    await backupsOf(store).take(folder)
    await store.close()
    const target = await emptyPlace(engine)
    for (const stopAt of ['admins', 'statistics_objects', 'usage_rows', 'recounts']) {
      await killedAt({ place: target, folder, work: 'restore', stopAt })
      const after = await openStore(target)
      const left = Object.values(await rowsIn(after)).filter((count) => count > 0n)
      await after.close()
      expect.soft(left, stopAt).toEqual([])
    }
    const restored = await opened(target)
    await restoreBackup(restored, folder)
    expect(await rowsIn(restored)).toEqual(rows)
    expect(await totalsIn(restored)).toEqual(totals)
  })
})

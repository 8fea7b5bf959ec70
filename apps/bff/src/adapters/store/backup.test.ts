import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bodyOf, gatewayWithStatistics, objectsIn, totalsIn } from '../../../test/collecting.ts'
import { ENGINES, emptyStore } from '../../../test/stores.ts'
import { adminsOf } from './admins.ts'
import { auditOf } from './audit.ts'
import { restoreBackup } from './backup-restore.ts'
import { BACKUP_TABLES, backupTables } from './backup-tables.ts'
import { backupsOf } from './backups.ts'
import { MIGRATIONS } from './migrations.ts'
import { safekeepingOf } from './safekeeping.ts'
import type { Store } from './store.ts'

const HOUR = 3_600_000
const ACROSS = ENGINES.flatMap((from) => ENGINES.map((to) => [from, to] as const))

const place = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ostor-console-backup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return { folder, target: join(folder, 'one') }
}

/** A store with something in it, also in tables that the collector does not fill. */
const filled = async (engine: (typeof ENGINES)[number]) => {
  const gateway = await gatewayWithStatistics({ period: 3600, services: 1, restarts: 3, users: 8, buckets: 20 })
  const store = await emptyStore(engine)
  const collector = gateway.collector(store)
  await collector.round()
  await adminsOf(store).create({ email: 'ada@provider.example', passwordHash: 'hash' })
  await auditOf(store).begin({ actor: 'ada', action: 'user.create', target: "o'neil \u{1F600}" })
  const at = gateway.now()
  const sum = 99_999_999_999_999_999_999n
  await store.db
    .insertInto('storage_samples')
    .values({
      cluster_id: 'demo',
      kind: 'bucket',
      id: 'b',
      created_at: null,
      epoch: null,
      owner_id: 'o',
      sampled_at: at,
      bytes: sum,
      byte_hours: sum * 1000n,
      is_end: true,
    })
    .execute()
  await store.db
    .insertInto('gap_decisions')
    .values({
      cluster_id: 'demo',
      service_id: 's',
      starts_at: at,
      ends_at: at,
      decision: 'accept',
      decided_by: 'ada',
      decided_at: at,
      note: null,
    })
    .execute()
  return { ...gateway, store, collecting: collector }
}

const backedUp = async () => {
  const { store } = await filled('duckdb')
  const { target } = await place()
  await backupsOf(store).take(target)
  return target
}

const failingAt = (step: string, message: string) => ({
  onStep: (reached: string) => {
    if (reached === step) throw new Error(message)
  },
})

const contents = async ({ db }: Store) => {
  const all: Record<string, string[]> = {}
  for (const table of backupTables()) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db)
    all[table] = rows.map(lineOf).toSorted()
  }
  return all
}

const lineOf = (row: Record<string, unknown>) =>
  JSON.stringify(
    Object.entries(row)
      .map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value] as const)
      .toSorted(([a], [b]) => a.localeCompare(b)),
    (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value),
  )

describe.each(ACROSS)('a backup of %s restored into %s', (from, to) => {
  test('holds every row of every table, to the byte', async () => {
    const { store } = await filled(from)
    const { target } = await place()
    await backupsOf(store).take(target)
    const other = await emptyStore(to)
    await restoreBackup(other, target)
    expect(await contents(other)).toEqual(await contents(store))
    expect(await totalsIn(other)).toEqual(await totalsIn(store))
  })

  test('numbers what comes next after the highest that it brought', async () => {
    const { store } = await filled(from)
    const { target } = await place()
    await backupsOf(store).take(target)
    const other = await emptyStore(to)
    await restoreBackup(other, target)
    for (const table of backupTables()) {
      const { numbered } = BACKUP_TABLES[table]
      if (!numbered) continue
      const { rows } = await sql<{ next: bigint; last: bigint }>`
        select nextval(${sql.lit(numbered.sequence)}) as next, (select coalesce(max(${sql.ref(numbered.column)}), 0) from ${sql.table(table)}) as last`.execute(
        other.db,
      )
      expect.soft(rows[0]?.next, table).toBe((rows[0]?.last ?? 0n) + 1n)
    }
  })
})

describe.each(ENGINES)('a backup of %s', (engine) => {
  test('is read by its owner alone, and names no session', async () => {
    const { store } = await filled(engine)
    const { folder, target } = await place()
    await backupsOf(store).take(target)
    expect(await readdir(folder)).toEqual(['one'])
    expect((await stat(target)).mode & 0o777).toBe(0o700)
    for (const file of await readdir(target)) {
      expect.soft((await stat(join(target, file))).mode & 0o777, file).toBe(0o600)
      expect.soft(file).not.toContain('session')
    }
  })

  test('is written down with when it was taken and found right', async () => {
    const { store } = await filled(engine)
    const { target } = await place()
    const manifest = await backupsOf(store).take(target, { now: () => new Date('2026-11-05T00:30:00Z') })
    expect(manifest.files.find(({ table }) => table === 'usage_rows')?.sums).toMatchObject({
      put_ops: String((await totalsIn(store)).put),
    })
    expect(await safekeepingOf(store).lastBackup()).toMatchObject({
      backup: { takenAt: '2026-11-05T00:30:00.000Z', verifiedAt: '2026-11-05T00:30:00.000Z' },
      backupFailedAt: null,
    })
  })

  test('knows which bytes of which final objects it holds, and forgets them when they change', async () => {
    const { store, collecting, control } = await filled(engine)
    control.clock.advance(HOUR)
    await collecting.round()
    const { target } = await place()
    await backupsOf(store).take(target)
    const objects = await store.db.selectFrom('statistics_objects').selectAll().execute()
    const states = new Set<string>()
    for (const { state, name } of objects) {
      states.add(state)
      expect.soft(await safekeepingOf(store).isBackedUp('demo', name)).toBe(state === 'closed')
    }
    expect(states).toEqual(new Set(['open', 'closed']))
    await store.db.updateTable('statistics_objects').set({ sha256: 'other' }).execute()
    expect(await safekeepingOf(store).safeToDelete('demo')).toBe(0)
  })

  test('does not count for an object that was final only afterwards, though its bytes are the same', async () => {
    const { collector, control } = await gatewayWithStatistics()
    const name = 's3-usage-8000000000000065-2026-11-04T11:30:00.000Z-1790'
    control.statistics.plant(name, bodyOf('2026-11-04T11:30:00Z'))
    const store = await emptyStore(engine)
    const collecting = collector(store)
    await collecting.round()
    const { target } = await place()
    await backupsOf(store).take(target)
    for (const minutes of [15, 1]) {
      control.clock.advance(minutes * 60_000)
      await collecting.round()
    }
    expect((await objectsIn(store)).get(name)?.state).toBe('closed')
    expect(await safekeepingOf(store).isBackedUp('demo', name)).toBe(false)
  })

  test('that cannot be finished leaves nothing and is written down as failed', async () => {
    const { store } = await filled(engine)
    const { folder, target } = await place()
    await expect(backupsOf(store).take(target, failingAt('checked', 'the disk is full'))).rejects.toThrow(
      'the disk is full',
    )
    expect(await readdir(folder)).toEqual([])
    expect(await safekeepingOf(store).lastBackup()).toEqual({ backup: null, backupFailedAt: expect.any(String) })
    expect(await backupsOf(store).lastVerified()).toBeNull()
  })

  test('whose files are not what the store held is no backup', async () => {
    const { store } = await filled(engine)
    const { folder, target } = await place()
    const onStep = (step: string) => {
      const [partial = ''] = readdirSync(folder)
      // Not the rows that were there, but a good file.
      if (step === 'audit')
        copyFileSync(join(folder, partial, 'audit.parquet'), join(folder, partial, 'admins.parquet'))
      if (step === 'usage_rows') writeFileSync(join(folder, partial, 'settings.parquet'), 'other bytes')
    }
    await expect(backupsOf(store).take(target, { onStep })).rejects.toThrow('is damaged')
    expect(await backupsOf(store).lastVerified()).toBeNull()
  })

  test('does not write over another one', async () => {
    const { store } = await filled(engine)
    const { target } = await place()
    await backupsOf(store).take(target)
    const before = await readFile(join(target, 'manifest.json'), 'utf8')
    await expect(backupsOf(store).take(target)).rejects.toThrow('is not empty')
    expect(await readFile(join(target, 'manifest.json'), 'utf8')).toBe(before)
  })
})

describe.each(ENGINES)('a restore into %s', (engine) => {
  test('is refused when the store is not empty', async () => {
    const target = await backedUp()
    const store = await emptyStore(engine)
    await adminsOf(store).create({ email: 'new@provider.example', passwordHash: 'hash' })
    const before = await contents(store)
    await expect(restoreBackup(store, target)).rejects.toThrow('The store is not empty (it has rows in admins)')
    expect(await contents(store)).toEqual(before)
  })

  test('is refused for what is no whole backup, and changes nothing', async () => {
    const target = await backedUp()
    const store = await emptyStore(engine)
    const empty = await contents(store)
    const manifest = await readFile(join(target, 'manifest.json'), 'utf8')
    const faults: [string, string, string][] = [
      ['manifest.json', '{', 'holds no backup that this console can read'],
      ['manifest.json', manifest.replace('"format": 1', '"format": 2'), 'holds no backup that this console can read'],
      ['manifest.json', manifest.replace(MIGRATIONS.at(-1)?.name ?? '', '999-later'), 'schema "999-later"'],
      ['manifest.json', manifest.replace(/"put_ops": "\d+"/, '"put_ops": "1"'), 'sums put_ops'],
      ['usage_rows.parquet', 'PAR1', 'has 4 bytes'],
    ]
    for (const [file, text, message] of faults) {
      const kept = await readFile(join(target, file))
      await writeFile(join(target, file), text)
      await expect.soft(restoreBackup(store, target), message).rejects.toThrow(message)
      await writeFile(join(target, file), kept)
    }
    await rm(join(target, 'audit.parquet'))
    await expect(restoreBackup(store, target)).rejects.toThrow('audit.parquet is missing')
    expect(await contents(store)).toEqual(empty)
  })

  test('takes effect as a whole or not at all', async () => {
    const target = await backedUp()
    const store = await emptyStore(engine)
    const empty = await contents(store)
    await expect(restoreBackup(store, target, failingAt('usage_rows', 'the power went'))).rejects.toThrow(
      'the power went',
    )
    expect(await contents(store)).toEqual(empty)
    await restoreBackup(store, target)
    expect((await contents(store))['usage_rows']).not.toEqual([])
  })
})

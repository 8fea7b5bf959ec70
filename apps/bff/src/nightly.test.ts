import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { nights } from '../test/nights.ts'
import { ENGINES, type EngineName } from '../test/stores.ts'
import { backupsOf } from './adapters/store/backups.ts'
import { recountOf } from './adapters/store/recount.ts'
import { safekeepingOf } from './adapters/store/safekeeping.ts'
import { whyNotCounted } from './features/usage/recount.ts'

const DAY = 86_400_000
const TEN_MINUTES = 600_000
const NIGHT = '2026-11-05T00:41:00Z'
const OF_THE_DAY = '2026-11-04'

/** A console in the night after its first day. */
const afterADay = async (engine: EngineName, settings = {}) => {
  const made = await nights(engine, { backs: false, ...settings })
  await made.until(NIGHT)
  return made
}

describe.each(ENGINES)('counting yesterday again, on %s', (engine) => {
  test('finds every sum of the day as it is stored, once', async () => {
    const { nightly, recounts, control, now } = await afterADay(engine)
    await nightly.round()
    await nightly.round()
    const objects = control.oracle.objects().filter(({ name }) => name.includes(OF_THE_DAY))
    expect(await recounts()).toEqual([
      {
        cluster_id: 'demo',
        day: new Date(`${OF_THE_DAY}T00:00:00Z`),
        counted_at: now(),
        objects: BigInt(objects.length),
        objects_without_body: 0n,
        differences: 0n,
        detail: null,
      },
    ])
  })

  test('waits until all objects of the day were listed and are final', async () => {
    const { nightly, recounts, until, control, collector, store } = await nights(engine, { backs: false })
    const days = async () => (await recounts()).filter(({ objects }) => objects > 0n).length
    await until('2026-11-05T00:05:00Z')
    control.clock.advance(31 * 60_000)
    await nightly.round()
    expect(await days()).toBe(0)
    // Listed, and read for the first time since they ended.
    await collector.round()
    await sql`update statistics_objects set state = 'open' where name = (select max(name) from statistics_objects
      where started_at < '2026-11-05T00:00:00Z')`.execute(store.db)
    await nightly.round()
    expect(await days()).toBe(0)
    await until('2026-11-05T00:50:00Z')
    await sql`update statistics_objects set state = 'closed' where started_at < '2026-11-05T00:00:00Z'`.execute(
      store.db,
    )
    await nightly.round()
    expect(await days()).toBe(1)
    const { length } = await recounts()
    await sql`update statistics_objects set state = 'closed'`.execute(store.db)
    await sql`delete from usage_changes`.execute(store.db)
    control.clock.advance(DAY)
    await nightly.round()
    expect(await recounts()).toHaveLength(length)
  })

  test('goes on although a day that has not come was counted by hand', async () => {
    const { nightly, recounts, store } = await afterADay(engine)
    const nothing = { objects: 0, objectsWithoutBody: 0, differences: 0, detail: null }
    await recountOf(store).record('demo', { day: new Date('2062-11-01T00:00:00Z'), at: new Date(NIGHT), ...nothing })
    await nightly.round()
    expect((await recounts()).map(({ day }) => day.toISOString().slice(0, 10))).toEqual([OF_THE_DAY, '2062-11-01'])
  })

  test('says that a day differed until that day agrees, whatever was counted after it', async () => {
    const { store } = await nights(engine, { backs: false })
    const days = recountOf(store)
    const lastRecount = () => safekeepingOf(store).lastRecount('demo')
    const count = (day: string, at: string, differences: number) =>
      days.record('demo', {
        day: new Date(day),
        at: new Date(at),
        objects: 48,
        objectsWithoutBody: 0,
        differences,
        detail: null,
      })
    await count('2026-11-06', '2026-11-09T00:41:00Z', 5)
    await count('2026-11-07', '2026-11-09T00:42:00Z', 0)
    await count('2026-11-08', '2026-11-09T00:43:00Z', 0)
    expect(await lastRecount()).toMatchObject({ day: '2026-11-06T00:00:00.000Z', differences: 5 })
    await count('2026-11-06', '2026-11-09T09:00:00Z', 0)
    expect(await lastRecount()).toMatchObject({ day: '2026-11-06T00:00:00.000Z', differences: 0 })
    await count('2026-11-09', '2026-11-10T00:41:00Z', 0)
    expect(await lastRecount()).toMatchObject({ day: '2026-11-09T00:00:00.000Z', differences: 0 })
  })

  test('leaves out no day before one that was counted by hand', async () => {
    const { nightly, recounts, until, store } = await afterADay(engine)
    await nightly.round()
    await until('2026-11-08T00:41:00Z')
    const nothing = { objects: 0, objectsWithoutBody: 0, differences: 0, detail: null }
    await recountOf(store).record('demo', { day: new Date('2026-11-06T00:00:00Z'), at: new Date(NIGHT), ...nothing })
    await nightly.round()
    const days = (await recounts()).map(({ day }) => day.toISOString().slice(0, 10))
    expect(days).toEqual(['2026-11-04', '2026-11-05', '2026-11-06', '2026-11-07'])
  })

  test('is refused by hand for a day that is not final, and for a cluster that is not known', async () => {
    const { store } = await afterADay(engine)
    const recounts = recountOf(store)
    const why = (cluster: string, day: string) => whyNotCounted({ cluster, recounts }, new Date(`${day}T00:00:00Z`))
    expect(await why('demo', OF_THE_DAY)).toBeNull()
    expect(await why('demo', '2026-11-05')).toBe('2026-11-05 is not final yet, so it cannot be counted again.')
    expect(await why('demo', '2062-11-01')).toContain('not final')
    expect(await why('dmeo', OF_THE_DAY)).toBe('The store knows no cluster "dmeo". It knows: demo.')
  })

  test.each([
    [
      'a row',
      sql`update usage_rows set put_ops = put_ops + 1 where object_no = (select min(object_no) from usage_rows)`,
      'putOps is',
    ],
    [
      'a missing row',
      sql`delete from usage_rows where object_no = (select min(object_no) from usage_rows)`,
      'from raw',
    ],
    ['an hour', sql`update usage_hours set get_ops = get_ops + 1`, 'sums of roll-ups differ'],
    ['a day of a user', sql`delete from usage_user_days`, 'sums of roll-ups differ'],
    ['a day of a bucket', sql`update usage_bucket_days set uploaded_bytes = 0`, 'sums of roll-ups differ'],
    [
      'a raw body',
      sql`update statistics_objects set body = 'no zstd'::bytea where object_no = (select min(object_no) from usage_rows)`,
      'cannot be read',
    ],
    [
      'a hash',
      sql`update statistics_objects set sha256 = 'other' where object_no = (select min(object_no) from usage_rows)`,
      'was changed',
    ],
  ])('says that %s differs, and repairs nothing', async (_, change, words) => {
    const { nightly, recounts, store, log } = await afterADay(engine)
    await change.execute(store.db)
    const rows = () => sql`select * from usage_rows order by object_no, bucket, user_id, epoch, tag`.execute(store.db)
    const before = await rows()
    await nightly.round()
    const [counted] = await recounts()
    expect(counted?.differences).toBeGreaterThan(0n)
    expect(counted?.detail).toContain(words)
    expect(log).toContain('a day counted again from raw bodies differs from what is stored')
    expect(await rows()).toEqual(before)
  })

  test.each([
    ['of a user', sql`delete from usage_user_months`],
    ['of a bucket', sql`update usage_bucket_months set uploaded_bytes = uploaded_bytes + 1`],
  ])('says that a month %s differs from its days, once it is over', async (_, change) => {
    const october = { now: '2026-10-30T12:00:00Z', since: '2026-10-30T06:00:00Z' }
    const { nightly, recounts, until, store } = await nights(engine, { backs: false }, october)
    await until('2026-10-31T00:41:00Z')
    await nightly.round()
    await until('2026-11-01T00:41:00Z')
    await change.execute(store.db)
    await nightly.round()
    const found = (await recounts()).map(({ day, detail }) => `${day.toISOString().slice(0, 10)} ${detail}`)
    expect(found).toEqual(['2026-10-30 null', expect.stringContaining('2026-10-31 ')])
    expect(found[1]).toContain('of roll-ups differ')
  })

  test('counts the days that it missed, and says which objects have no raw body any more', async () => {
    const { nightly, recounts, until, store } = await afterADay(engine)
    await nightly.round()
    await until('2026-11-08T00:41:00Z')
    const some = sql`select min(object_no) from statistics_objects where started_at >= '2026-11-06T00:00:00Z'`
    await sql`update statistics_objects set body = null where object_no = (${some})`.execute(store.db)
    await nightly.round()
    const counted = await recounts()
    expect(counted.map(({ day }) => day.toISOString().slice(0, 10))).toEqual([
      '2026-11-04',
      '2026-11-05',
      '2026-11-06',
      '2026-11-07',
    ])
    expect(counted.map(({ differences }) => differences)).toEqual([0n, 0n, 0n, 0n])
    expect(counted.map(({ objects_without_body: without }) => without)).toEqual([0n, 0n, 1n, 0n])
  })

  test('comes before raw bodies are dropped, of which the hash and the rows stay', async () => {
    const { nightly, recounts, until, store } = await nights(engine, { backs: false, rawStatisticsDays: 1 })
    await until('2026-11-06T00:41:00Z')
    await nightly.round()
    expect((await recounts()).at(-1)).toMatchObject({ objects_without_body: 0n, differences: 0n })
    const objects = await store.db.selectFrom('statistics_objects').selectAll().execute()
    const limit = new Date('2026-11-05T00:41:00Z')
    const [dropped, kept] = [objects.filter(({ body }) => body === null), objects.filter(({ body }) => body !== null)]
    expect(dropped.length).toBeGreaterThan(0)
    expect(dropped.every(({ started_at, sha256 }) => started_at < limit && sha256 !== null)).toBe(true)
    expect(kept.every(({ started_at }) => started_at >= limit)).toBe(true)
  })
})

describe.each(ENGINES)('the nightly backup of %s', (engine) => {
  test('is taken once a night, and the newest fourteen are kept beside whatever else is there', {
    timeout: 120_000,
  }, async () => {
    const { nightly, folder, control, store } = await nights(engine)
    const others = ['backup-2020-01-01T00-00-00', 'backup-2020-01-01T00-00-00.partial', 'photos']
    for (const name of others) await mkdir(join(folder, name))
    await backupsOf(store).take(join(folder, 'by-hand'), { now: () => new Date('2020-01-01T00:00:00Z') })
    await mkdir(join(folder, 'backup-2026-11-04T13-00-00.partial-0123abcd'))
    for (let night = 0; night < 17; night += 1) {
      await nightly.round()
      control.clock.advance(TEN_MINUTES)
      await nightly.round()
      control.clock.advance(DAY - TEN_MINUTES)
    }
    const names = await readdir(folder)
    expect(names.filter((name) => others.includes(name) || name === 'by-hand')).toHaveLength(4)
    expect(names).toHaveLength(4 + 14)
    expect(names.toSorted().findLast((name) => name.startsWith('backup-'))).toBe('backup-2026-11-20T12-00-00')
  })

  test('that fails is tried again after an hour, and nothing else waits for it', async () => {
    const { nightly, folder, control, log, store } = await nights(engine)
    const { now } = control.clock
    const name = `backup-${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '-')}`
    await mkdir(join(folder, name, 'full'), { recursive: true })
    await nightly.round()
    control.clock.advance(TEN_MINUTES)
    await nightly.round()
    expect(log.filter((line) => line.includes('backup'))).toEqual(['the backup failed'])
    expect(await backupsOf(store).lastVerified()).toBeNull()
    control.clock.advance(3_600_000)
    await nightly.round()
    expect(log.at(-1)).toBe('backed up and verified')
  })
})

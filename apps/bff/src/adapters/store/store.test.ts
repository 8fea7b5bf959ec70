import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { ENGINES, emptyPlace, emptyStore } from '../../../test/stores.ts'
import { appendRows } from './append-rows.ts'
import { MIGRATIONS, migrate } from './migrations.ts'
import { openStore } from './store.ts'

describe.each(ENGINES)('the store on %s', (engine) => {
  test('gives back what was written, in the same types', async () => {
    const { db } = await emptyStore(engine)
    await sql`create table kinds (n bigint, t text, at_time timestamptz, b bytea, d double precision, i integer, y boolean)`.execute(
      db,
    )
    const at = new Date('2026-03-29T01:30:00.123Z')
    const row = { n: 2n ** 63n - 1n, t: `"ä\n\\'`, at_time: at, b: new Uint8Array([0, 255]), d: 0.1, i: -7, y: true }
    await sql`insert into kinds values (${row.n}, ${row.t}, ${row.at_time}, ${row.b}, ${row.d}, ${row.i}, ${row.y})`.execute(
      db,
    )
    await sql`insert into kinds values (${null}, ${null}, ${null}, ${null}, ${null}, ${null}, ${null})`.execute(db)
    const { rows } = await sql`select * from kinds order by n`.execute(db)
    const nothing = { n: null, t: null, at_time: null, b: null, d: null, i: null, y: null }
    expect(rows).toEqual([row, nothing])
  })

  test('takes any text for text, also what no row can hold', async () => {
    const { db } = await emptyStore(engine)
    const { rows } = await sql`select 1 as one where ${'a\0'}::text = ${'a'}::text`.execute(db)
    expect(rows).toEqual([])
  })

  test('counts and sums beyond 2^53 to the last digit', async () => {
    const { db } = await emptyStore(engine)
    await sql`create table big (n bigint)`.execute(db)
    await sql`insert into big values (${2n ** 62n}), (${2n ** 62n}), (${2n ** 62n + 1n})`.execute(db)
    const { rows } =
      await sql`select sum(n) as s, count(*) as c, avg(d) as a, 7 / 2 as whole from big, (select 1.5 as d)`.execute(db)
    expect(rows).toEqual([{ s: 3n * 2n ** 62n + 1n, c: 3n, a: 1.5, whole: 3 }])
  })

  test('cuts days at midnight UTC and sorts text by code point and nulls as the largest', async () => {
    const { db } = await emptyStore(engine)
    const at = new Date('2026-03-29T23:30:00Z')
    const { rows } = await sql`select date_trunc('day', ${at}::timestamptz) as day`.execute(db)
    expect(rows).toEqual([{ day: new Date('2026-03-29T00:00:00Z') }])
    await db
      .insertInto('settings')
      .values(['b', 'B', 'a'].map((name) => ({ name, value: '' })))
      .execute()
    const names = await db.selectFrom('settings').select('name').orderBy('name').execute()
    expect(names.map(({ name }) => name)).toEqual(['B', 'a', 'b'])
    const sorted = await sql`select x from (values (1), (null)) as v (x) order by x desc`.execute(db)
    expect(sorted.rows).toEqual([{ x: null }, { x: 1 }])
  })

  test('says how many rows a change touched, and returns them when asked', async () => {
    const { db } = await emptyStore(engine)
    await db.insertInto('settings').values({ name: 'a', value: '1' }).execute()
    const changed = await db.updateTable('settings').set({ value: '2' }).where('name', '=', 'a').executeTakeFirst()
    expect(changed.numUpdatedRows).toBe(1n)
    const missed = await db.updateTable('settings').set({ value: '2' }).where('name', '=', 'b').executeTakeFirst()
    expect(missed.numUpdatedRows).toBe(0n)
    const upserted = await db
      .insertInto('settings')
      .values({ name: 'a', value: '3' })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: '3' }))
      .returningAll()
      .execute()
    expect(upserted).toEqual([{ name: 'a', value: '3' }])
    expect(await db.deleteFrom('settings').execute()).toMatchObject([{ numDeletedRows: 1n }])
  })

  test('keeps a transaction whole, and nothing of one that failed', async () => {
    const store = await emptyStore(engine)
    const put = (name: string, fails: boolean) =>
      store.transaction(async (tx) => {
        await tx.insertInto('settings').values({ name, value: '1' }).execute()
        await tx
          .insertInto('settings')
          .values({ name: `${name}2`, value: '1' })
          .execute()
        if (fails) throw new Error('changed my mind')
      })
    await put('kept', false)
    await expect(put('lost', true)).rejects.toThrow('changed my mind')
    const rows = await store.db.selectFrom('settings').select('name').orderBy('name').execute()
    expect(rows.map(({ name }) => name)).toEqual(['kept', 'kept2'])
  })

  test('replaces the rows of a key within one transaction', async () => {
    const store = await emptyStore(engine)
    for (const value of ['1', '2']) {
      await store.transaction(async (tx) => {
        await tx.deleteFrom('settings').where('name', '=', 'key').execute()
        await tx.insertInto('settings').values({ name: 'key', value }).execute()
      })
    }
    expect(await store.db.selectFrom('settings').selectAll().execute()).toEqual([{ name: 'key', value: '2' }])
  })

  test('lets concurrent transactions read and write the same row as if one came after the other', async () => {
    const store = await emptyStore(engine)
    await store.db.insertInto('settings').values({ name: 'sum', value: '0' }).execute()
    const increment = () =>
      store.transaction(async (tx) => {
        const { value } = await tx
          .selectFrom('settings')
          .select('value')
          .where('name', '=', 'sum')
          .executeTakeFirstOrThrow()
        await tx
          .updateTable('settings')
          .set({ value: String(Number(value) + 1) })
          .where('name', '=', 'sum')
          .execute()
      })
    await Promise.all(Array.from({ length: 8 }, increment))
    expect(await store.db.selectFrom('settings').select('value').executeTakeFirst()).toEqual({ value: '8' })
  })

  test('answers readers while a transaction is open, and shows them none of it', async () => {
    const store = await emptyStore(engine)
    await store.transaction(async (tx) => {
      await tx.insertInto('settings').values({ name: 'open', value: '1' }).execute()
      expect(await store.db.selectFrom('settings').selectAll().execute()).toEqual([])
    })
    expect(await store.db.selectFrom('settings').selectAll().execute()).toHaveLength(1)
  })

  test('tells of its failure without what the engine said', async () => {
    const store = await emptyStore(engine)
    const failed = await sql`select * from nowhere`.execute(store.db).catch((error: unknown) => error)
    expect(failed).toMatchObject({ problem: { type: '/problems/store-unavailable', status: 503 } })
    expect(JSON.stringify(failed)).not.toContain('nowhere')
    expect(failed).toHaveProperty('cause.message', expect.stringContaining('nowhere'))
    await store.ping()
  })

  test('adds many rows at once, inside a transaction', async () => {
    const store = await emptyStore(engine)
    const rows = Array.from({ length: 5000 }, (_, index) => ({ name: `n${index}`, value: `"{${index},\\}"` }))
    const adding = store.transaction(async (tx) => {
      await appendRows(tx, 'settings', rows)
      throw new Error('changed my mind')
    })
    await expect(adding).rejects.toThrow('changed my mind')
    expect(await store.db.selectFrom('settings').selectAll().execute()).toEqual([])
    await store.transaction((tx) => appendRows(tx, 'settings', rows))
    const found = await store.db.selectFrom('settings').selectAll().execute()
    expect(new Map(found.map(({ name, value }) => [name, value]))).toEqual(
      new Map(rows.map(({ name, value }) => [name, value])),
    )
  })

  test('keeps what it has when it is opened again', async () => {
    const place = await emptyPlace(engine)
    const first = await openStore(place)
    await first.db.insertInto('settings').values({ name: 'kept', value: '1' }).execute()
    await first.close()
    const second = await openStore(place)
    expect(await second.db.selectFrom('settings').selectAll().execute()).toEqual([{ name: 'kept', value: '1' }])
    expect(await second.db.selectFrom('migrations').select('name').orderBy('name').execute()).toEqual(
      MIGRATIONS.map(({ name }) => ({ name })),
    )
    await second.close()
  })
})

describe.each(ENGINES)('migrations on %s', (engine) => {
  const made = { name: '900-made', statements: ['create table made (n bigint)', 'create index made_by_n on made (n)'] }
  const broken = { name: '901-broken', statements: ['create table half (n bigint)', 'create table made (n bigint)'] }
  const right = { ...broken, statements: ['create table half (n bigint)'] }

  test('leave nothing of a step that failed, and go on from there', async () => {
    const store = await emptyStore(engine)
    await expect(migrate(store, [...MIGRATIONS, made, broken])).rejects.toThrow('store')
    await expect(sql`select * from half`.execute(store.db)).rejects.toThrow('store')
    await migrate(store, [...MIGRATIONS, made, right])
    expect((await sql`select * from half, made`.execute(store.db)).rows).toEqual([])
  })

  test('run once, however many start at the same time', async () => {
    const store = await emptyStore(engine)
    // Large enough that the others start before the first is through.
    const slow = {
      name: '900-slow',
      statements: ['create table slow as select n from generate_series(1, 200000) as s (n)'],
    }
    await Promise.all(Array.from({ length: 6 }, () => migrate(store, [...MIGRATIONS, slow])))
    expect(await store.db.selectFrom('migrations').where('name', '=', slow.name).selectAll().execute()).toHaveLength(1)
  })

  test('of a newer console are left alone', async () => {
    const store = await emptyStore(engine)
    await migrate(store, [...MIGRATIONS, made])
    await expect(migrate(store)).rejects.toThrow('written by a newer console (it has "900-made")')
  })
})

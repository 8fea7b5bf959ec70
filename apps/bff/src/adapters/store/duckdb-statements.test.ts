import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { emptyStore } from '../../../test/stores.ts'

test('a statement that is kept sees the table as it is now, and outlives one of its own that failed', async () => {
  const { db } = await emptyStore('duckdb')
  await sql`create table numbers (n bigint primary key, name varchar)`.execute(db)
  const from = async (least: number): Promise<number> => {
    const { rows } = await sql<{ count: bigint }>`select count(*) as count from numbers where n >= ${least}`.execute(db)
    return Number(rows[0]?.count)
  }
  const add = (n: number) => sql`insert into numbers values (${n}, ${`number ${n}`})`.execute(db)
  expect(await from(3)).toBe(0)
  for (let n = 0; n < 5; n += 1) await add(n)
  expect(await from(3)).toBe(2)
  await expect(add(4)).rejects.toThrow('not available')
  await add(5)
  // Past what its statistics knew when the statement was first prepared.
  await add(1_000_000)
  expect(await from(3)).toBe(4)
  expect(await from(6)).toBe(1)
  await sql`alter table numbers add column more varchar`.execute(db)
  await expect(add(7)).rejects.toThrow('not available')
  expect(await from(6)).toBe(1)
})

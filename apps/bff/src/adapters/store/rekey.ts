import { ProblemError } from '@ostor-console/shared/problem'
import { sql } from 'kysely'
import type { Sealer } from './sealed.ts'
import type { Store } from './store.ts'

/** Every field that is sealed. One that is missing here is lost when its key goes. */
const SEALED_FIELDS = [
  { table: 'second_factors', id: 'admin_id', field: 'seed' },
  { table: 'second_factor_enrolments', id: 'admin_id', field: 'seed' },
] as const

type Field = (typeof SEALED_FIELDS)[number]
type Row = { row: string; sealed: string }

const rowsOf = async ({ db }: Pick<Store, 'db'>, { table, id, field }: Field) =>
  (await sql<Row>`select ${sql.ref(id)} as "row", ${sql.ref(field)} as sealed from ${sql.table(table)}`.execute(db))
    .rows

/** How many sealed fields were sealed with a key that is not set. */
export const lockedFields = async (store: Pick<Store, 'db'>, sealer: Sealer): Promise<number> => {
  const all = await Promise.all(SEALED_FIELDS.map((where) => rowsOf(store, where)))
  return all.flat().filter(({ sealed }) => !sealer.keyIds.includes(sealed.split('.')[0] ?? '')).length
}

/**
 * Seals with the current key what was sealed with the old one, a row at a time: it may end anywhere and begin again, and
 * whoever has both keys reads every row meanwhile. Yields whether each row could be; one that is damaged stays as it is.
 */
export async function* rekey(store: Pick<Store, 'db'>, sealer: Sealer): AsyncGenerator<'sealed' | 'damaged'> {
  for (const where of SEALED_FIELDS) {
    for (const found of await rowsOf(store, where)) {
      if (sealer.isCurrent(found.sealed)) continue
      const anew = sealedAnew(sealer, where, found)
      if (anew !== null) await replace(store, where, found, anew)
      yield anew === null ? 'damaged' : 'sealed'
    }
  }
}

const sealedAnew = (sealer: Sealer, { table, field }: Field, { row, sealed }: Row): string | null => {
  const place = { table, row, field }
  try {
    return sealer.seal(place, sealer.open(place, sealed).reveal())
  } catch (error) {
    if (error instanceof ProblemError) return null
    throw error
  }
}

/** What was replaced in the meantime was sealed with the current key, and stays. */
const replace = async ({ db }: Pick<Store, 'db'>, { table, id, field }: Field, { row, sealed }: Row, anew: string) => {
  await sql`update ${sql.table(table)} set ${sql.ref(field)} = ${anew}
    where ${sql.ref(id)} = ${row} and ${sql.ref(field)} = ${sealed}`.execute(db)
}

/** All of it. */
export const rekeyAll = async (
  store: Pick<Store, 'db'>,
  sealer: Sealer,
): Promise<{ sealed: number; damaged: number }> => {
  const rows = { sealed: 0, damaged: 0 }
  for await (const outcome of rekey(store, sealer)) rows[outcome] += 1
  return rows
}

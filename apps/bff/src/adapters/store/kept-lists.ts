import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { constants, gunzip, gzip } from 'node:zlib'
import { appendRows } from './append-rows.ts'
import type { KeptListsTable } from './kept-lists-table.ts'
import type { Store } from './store.ts'

type Name = KeptListsTable['list']

const ROWS = 5_000
const FAST = { level: constants.Z_BEST_SPEED }

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** The last list of users and of buckets that a gateway gave, for when the console starts and the gateway does not answer. */
export const keptListsOf = (
  { db, transaction }: Pick<Store, 'db' | 'transaction'>,
  clusterId: string,
  endpoint: string,
) => ({
  /** In place of the one before, all of it or nothing. Some thousand rows are worked at in one go. */
  async save<T>(list: Name, asOf: Date, rows: readonly T[], toJson: (row: T) => unknown): Promise<void> {
    const bodies: Uint8Array[] = []
    // An empty list is kept as one empty part: that there is nobody is known.
    for (let from = 0; from === 0 || from < rows.length; from += ROWS) {
      bodies.push(await pack(JSON.stringify(rows.slice(from, from + ROWS).map(toJson)), FAST))
      await setImmediate()
    }
    const common = { cluster_id: clusterId, list, endpoint, as_of: asOf }
    await transaction(async (tx) => {
      await tx.deleteFrom('kept_lists').where('cluster_id', '=', clusterId).where('list', '=', list).execute()
      await appendRows(
        tx,
        'kept_lists',
        bodies.map((body, part) => ({ ...common, part, body })),
      )
    })
  },

  /** `null` when this gateway gave none yet. */
  async load<T>(list: Name, fromJson: (row: unknown) => T): Promise<{ asOf: Date; rows: T[] } | null> {
    const parts = await db
      .selectFrom('kept_lists')
      .select(['as_of', 'body'])
      .where('cluster_id', '=', clusterId)
      .where('list', '=', list)
      .where('endpoint', '=', endpoint)
      .orderBy('part')
      .execute()
    const [first] = parts
    if (!first) return null
    const rows: T[] = []
    for (const { body } of parts) {
      const some: unknown = JSON.parse((await unpack(body)).toString('utf8'))
      if (!Array.isArray(some)) throw new TypeError('a part of a kept list is no list')
      for (const row of some) rows.push(fromJson(row))
      await setImmediate()
    }
    return { asOf: first.as_of, rows }
  },
})

export type KeptLists = ReturnType<typeof keptListsOf>

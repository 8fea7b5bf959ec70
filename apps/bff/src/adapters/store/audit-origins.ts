import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** Where an operation came from, and under which numbers the gateway answered it. */
export type Origin = { address: string | null; requestIds: string[] }

export const NO_ORIGIN: Origin = { address: null, requestIds: [] }

const LONGEST_ADDRESS = 64
const BETWEEN = ' '

type Said = { address?: string | null | undefined; requestIds?: readonly string[] | undefined }

/** Before the row is chained, so that its link covers this too. */
export const addOrigin = async (
  tx: Kysely<Schema>,
  seq: bigint,
  { address = null, requestIds = [] }: Said,
): Promise<void> => {
  if (address === null && requestIds.length === 0) return
  const values = {
    seq,
    address: address?.slice(0, LONGEST_ADDRESS) ?? null,
    request_ids: requestIds.length === 0 ? null : requestIds.join(BETWEEN),
  }
  await tx.insertInto('audit_origins').values(values).execute()
}

/** By the id of the operation. Only what belongs to a row of the audit counts, because only that is chained. */
export const originsOf = async (db: Kysely<Schema>, operationIds: readonly string[]): Promise<Map<string, Origin>> => {
  const found = new Map<string, Origin>()
  if (operationIds.length === 0) return found
  const { rows } = await sql<{ id: string; address: string | null; request_ids: string | null }>`
    select a.operation_id as id, o.address, o.request_ids from audit as a join audit_origins as o on o.seq = a.seq
    where a.operation_id in (${sql.join(operationIds)}) order by a.seq`.execute(db)
  for (const { id, address, request_ids: ids } of rows) {
    const known = found.get(id) ?? NO_ORIGIN
    const more = ids === null ? [] : ids.split(BETWEEN)
    found.set(id, { address: known.address ?? address, requestIds: [...known.requestIds, ...more] })
  }
  return found
}

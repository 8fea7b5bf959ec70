import { randomUUID } from 'node:crypto'
import type { Action } from '@ostor-console/shared/audit'
import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { type Kysely, sql } from 'kysely'
import { appendRows } from './append-rows.ts'
import type { Schema } from './schema.ts'

export type OutsideChange = {
  action: Extract<Action, `${string}-outside`>
  userId: string
  target: string
  before: AuditFields | null
  after: AuditFields | null
  detail: string
}

/** Who did what no console knows of. */
export const OUTSIDE = 'outside the console'

/** Adds the changes to the audit, and answers the places of the new entries, in order. */
export const enterOutside = async (
  tx: Kysely<Schema>,
  cluster: string,
  changes: readonly (OutsideChange & { at: Date })[],
): Promise<bigint[]> => {
  if (changes.length === 0) return []
  const { rows } = await sql<{ seq: bigint }>`
    select nextval('audit_seq') as seq from generate_series(1, ${sql.lit(changes.length)})`.execute(tx)
  const seqs = rows.map(({ seq }) => seq).toSorted((a, b) => (a < b ? -1 : 1))
  const entries = changes.map(({ at, before, after, action, target, detail, userId }, index) => ({
    seq: seqs[index] ?? 0n,
    at,
    operation_id: randomUUID(),
    kind: 'begin' as const,
    actor: OUTSIDE,
    action,
    cluster_id: cluster,
    user_id: userId,
    bucket: null,
    target,
    before: before && JSON.stringify(before),
    after: after && JSON.stringify(after),
    outcome: 'done',
    detail,
  }))
  await appendRows(tx, 'audit', entries)
  return seqs
}

import type { Action, Outcome } from '@ostor-console/shared/audit'
import { type Kysely, sql } from 'kysely'
import { ENDED } from './audit-page.ts'
import type { Schema } from './schema.ts'

/** What an action sets. One that is not here cannot be set back. */
const SETS: Partial<Record<Action, 'state' | 'limits' | 'quota'>> = {
  'user.enable': 'state',
  'user.disable': 'state',
  'limits.change': 'limits',
  'limits.remove': 'limits',
  'quota.change': 'quota',
}
const SETTERS = Object.keys(SETS)
/** With the user goes all that was set. */
const ENDS = 'user.delete'

type Operation = { operationId: string; action: Action; userId: string | null; bucket: string | null; outcome: Outcome }

/** Ids of operations. */
export type Reversible = { undo: Set<string>; repeat: Set<string> }

/** Of some operations those that were the last to set their value and did so, and those that were the last to try. */
export const reversibleOf = async (
  db: Kysely<Schema>,
  cluster: string,
  operations: readonly Pick<Operation, 'action' | 'userId' | 'bucket'>[],
): Promise<Reversible> => {
  const setters = operations.filter(({ action }) => SETS[action] !== undefined)
  if (setters.length === 0) return { undo: new Set(), repeat: new Set() }
  const users = [...new Set(setters.flatMap(({ userId }) => userId ?? []))]
  const buckets = [...new Set(setters.flatMap(({ bucket }) => bucket ?? []))]
  const { rows } = await sql<Operation>`
    with begun as (
      select * from audit where kind = 'begin' and cluster_id = ${cluster}
        and action in (${sql.join([...SETTERS, ENDS])})
        and (user_id in (${sql.join(['', ...users])}) or bucket in (${sql.join(['', ...buckets])}))
    ), ${ENDED}
    select b.operation_id as "operationId", b.action, b.user_id as "userId", b.bucket,
      coalesce(e.outcome, b.outcome) as outcome
    from begun as b left join ended as e on e.operation_id = b.operation_id order by b.seq desc`.execute(db)
  return lastOf(rows)
}

const lastOf = (newestFirst: readonly Operation[]): Reversible => {
  const tried = new Set<string>()
  const set = new Set<string>()
  const found: Reversible = { undo: new Set(), repeat: new Set() }
  for (const { operationId, action, userId, bucket, outcome } of newestFirst) {
    const sets = SETS[action]
    const isWithoutEffect = outcome === 'refused' || outcome === 'not-done'
    for (const what of sets ? [sets] : ['state', 'limits', 'quota']) {
      const value = JSON.stringify([what, userId, bucket])
      if (sets && isWithoutEffect && !tried.has(value)) found.repeat.add(operationId)
      if (sets && outcome === 'done' && !set.has(value)) found.undo.add(operationId)
      tried.add(value)
      if (!isWithoutEffect) set.add(value)
    }
  }
  return found
}

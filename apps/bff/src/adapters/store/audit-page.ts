import { type ExpressionBuilder, type Kysely, type Selectable, sql } from 'kysely'
import type { Schema } from './schema.ts'

type Filter = {
  cluster: string
  operationId?: string | undefined
  userId?: string | undefined
  bucket?: string | undefined
  action?: string | undefined
  /** Only what began in [from, to). */
  from?: Date | undefined
  to?: Date | undefined
  before: bigint | null
  limit: number
}

export type PageRow = Selectable<Schema['audit']>

/** Operations of the cluster and of the console, newest first, each with the last thing that was learned about it. */
export const pageOf = async (db: Kysely<Schema>, filter: Filter): Promise<PageRow[]> =>
  db
    .selectFrom(beginsOf(db, filter).as('b'))
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('audit')
          .selectAll()
          .whereRef('audit.operation_id', '=', 'b.operation_id')
          .where('audit.kind', '=', 'end')
          .orderBy('audit.seq', 'desc')
          // DuckDB takes no parameter here.
          .limit(sql.lit(1))
          .as('e'),
      (join) => join.onTrue(),
    )
    .select(({ fn }) => [
      'b.seq',
      'b.at',
      'b.operation_id',
      'b.kind',
      'b.actor',
      'b.action',
      'b.cluster_id',
      fn.coalesce('e.user_id', 'b.user_id').as('user_id'),
      'b.bucket',
      fn.coalesce('e.target', 'b.target').as('target'),
      'b.before',
      fn.coalesce('e.after', 'b.after').as('after'),
      fn.coalesce('e.outcome', 'b.outcome').as('outcome'),
      fn.coalesce('e.detail', 'b.detail').as('detail'),
    ])
    .orderBy('b.seq', 'desc')
    .execute()

const beginsOf = (
  db: Kysely<Schema>,
  { cluster, operationId, userId, bucket, action, from, to, before, limit }: Filter,
) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('kind', '=', 'begin')
    .where((eb) => eb.or([eb('cluster_id', '=', cluster), eb('cluster_id', 'is', null)]))
    .$if(operationId !== undefined, (query) => query.where('operation_id', '=', operationId ?? ''))
    .$if(userId !== undefined, (query) => query.where((eb) => ofUser(eb, userId ?? '')))
    .$if(bucket !== undefined, (query) => query.where('bucket', '=', bucket ?? ''))
    .$if(action !== undefined, (query) => query.where('action', '=', action ?? ''))
    .$if(from !== undefined, (query) => query.where('at', '>=', from ?? new Date(0)))
    .$if(to !== undefined, (query) => query.where('at', '<', to ?? new Date(0)))
    .$if(before !== null, (query) => query.where('seq', '<', before ?? 0n))
    .orderBy('seq', 'desc')
    .limit(limit)

/** For operations in `begun`: the last thing that was learned about each, as `ended`. */
export const ENDED = sql`ended as (
  select * from audit where kind = 'end' and seq in (
    select max(e.seq) from audit as e
    where e.kind = 'end' and e.operation_id in (select operation_id from begun) group by e.operation_id)
)`

// The id of a new user is known only at the end.
const ofUser = (eb: ExpressionBuilder<Schema, 'audit'>, userId: string) =>
  eb.or([
    eb('user_id', '=', userId),
    eb(
      'operation_id',
      'in',
      eb.selectFrom('audit as ended').select('ended.operation_id').where('ended.user_id', '=', userId),
    ),
  ])

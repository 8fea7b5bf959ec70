import type {
  StatisticsDecision,
  StatisticsObject,
  StatisticsPage,
  StatisticsState,
} from '@ostor-console/shared/statistics'
import type { Selectable } from 'kysely'
import type { Store } from './store.ts'
import type { UsageTables } from './usage-tables.ts'

type PageQuery = {
  cluster: string
  /** Start and name of the last object of the page before. */
  after?: { startedAt: Date; name: string } | undefined
  limit: number
  serviceId?: string | undefined
  state?: StatisticsState | undefined
}

export type StatisticsPages = ReturnType<typeof statisticsPagesOf>

/** The statistics objects as the pages show them. */
export const statisticsPagesOf = ({ db }: Store) => ({
  async page({ cluster, after, limit, serviceId, state }: PageQuery): Promise<StatisticsPage> {
    let matching = objectsOf(db, cluster)
    if (serviceId !== undefined) matching = matching.where('o.service_id', '=', serviceId.toLowerCase())
    if (state !== undefined) matching = matching.where('o.state', '=', state)
    const { count } = await matching.select((eb) => eb.fn.countAll<bigint>().as('count')).executeTakeFirstOrThrow()

    let page = matching
      .select(SHOWN)
      .orderBy('o.started_at', 'desc')
      .orderBy('o.name', 'desc')
      .limit(limit + 1)
    if (after !== undefined)
      page = page.where((eb) => eb(eb.refTuple('o.started_at', 'o.name'), '<', eb.tuple(after.startedAt, after.name)))
    const rows = await page.execute()
    const items = rows.slice(0, limit).map(shown)

    const services = await db
      .selectFrom('statistics_objects')
      .select('service_id')
      .distinct()
      .where('cluster_id', '=', cluster)
      .orderBy('service_id')
      .execute()
    const listed = await db
      .selectFrom('collector_state')
      .select('listed_at')
      .where('cluster_id', '=', cluster)
      .executeTakeFirst()
    return {
      items,
      next: rows.length > limit ? (items.at(-1)?.name ?? null) : null,
      matching: Number(count),
      services: services.map(({ service_id }) => service_id),
      listedAt: listed?.listed_at.toISOString() ?? null,
    }
  },

  /** One object without its rows; `null` when it was never listed. */
  async find(cluster: string, name: string) {
    const row = await objectsOf(db, cluster)
      .select([...SHOWN, 'o.format_version', 'o.object_no', 'o.sha256', 'o.closed_at', 'd.assigned_at'])
      .where('o.name', '=', name)
      .executeTakeFirst()
    if (!row) return null
    const { format_version: formatVersion, object_no: objectNo, sha256, closed_at: closedAt } = row
    const { started_at: start, assigned_at: assignedAt } = row
    return { ...shown(row), start, assignedAt, formatVersion, objectNo, sha256, closedAt }
  },

  rows(cluster: string, objectNo: bigint) {
    return db
      .selectFrom('usage_rows')
      .select(['bucket', 'epoch', 'user_id as userId', 'tag', 'put_ops as putOps', 'get_ops as getOps'])
      .select(['list_ops as listOps', 'other_ops as otherOps'])
      .select(['uploaded_bytes as uploadedBytes', 'downloaded_bytes as downloadedBytes'])
      .where('cluster_id', '=', cluster)
      .where('object_no', '=', objectNo)
      .orderBy('bucket')
      .orderBy('epoch')
      .orderBy('user_id')
      .orderBy('tag')
      .execute()
  },
})

const objectsOf = (db: Store['db'], cluster: string) =>
  db
    .selectFrom('statistics_objects as o')
    .leftJoin('statistics_decisions as d', (join) =>
      join.onRef('d.cluster_id', '=', 'o.cluster_id').onRef('d.name', '=', 'o.name'),
    )
    .where('o.cluster_id', '=', cluster)

const SHOWN = [
  'o.name',
  'o.service_id',
  'o.started_at',
  'o.nominal_s',
  'o.period_s',
  'o.state',
  'o.item_count',
  'o.read_at',
  'o.reason',
  'd.decision',
  'd.decided_by',
  'd.decided_at',
] as const

type Shown = Pick<
  Selectable<UsageTables['statistics_objects']>,
  'name' | 'service_id' | 'started_at' | 'nominal_s' | 'period_s' | 'state' | 'item_count' | 'read_at' | 'reason'
> & { decision: StatisticsDecision | null; decided_by: string | null; decided_at: Date | null }

const shown = (row: Shown): StatisticsObject => ({
  name: row.name,
  serviceId: row.service_id,
  startedAt: row.started_at.toISOString(),
  nominalSeconds: row.nominal_s,
  periodSeconds: row.period_s,
  state: row.state,
  itemCount: row.item_count,
  readAt: row.read_at?.toISOString() ?? null,
  reason: row.reason,
  decision: row.decision,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at?.toISOString() ?? null,
})

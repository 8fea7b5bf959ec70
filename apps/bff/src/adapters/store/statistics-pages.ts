import type { StatisticsObject, StatisticsPage, StatisticsState } from '@ostor-console/shared/statistics'
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
    let matching = db.selectFrom('statistics_objects').where('cluster_id', '=', cluster)
    if (serviceId !== undefined) matching = matching.where('service_id', '=', serviceId.toLowerCase())
    if (state !== undefined) matching = matching.where('state', '=', state)
    const { count } = await matching.select((eb) => eb.fn.countAll<bigint>().as('count')).executeTakeFirstOrThrow()

    let page = matching
      .select(SHOWN)
      .orderBy('started_at', 'desc')
      .orderBy('name', 'desc')
      .limit(limit + 1)
    if (after !== undefined)
      page = page.where((eb) => eb(eb.refTuple('started_at', 'name'), '<', eb.tuple(after.startedAt, after.name)))
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
    const row = await db
      .selectFrom('statistics_objects')
      .select([...SHOWN, 'format_version', 'object_no', 'sha256', 'closed_at'])
      .where('cluster_id', '=', cluster)
      .where('name', '=', name)
      .executeTakeFirst()
    if (!row) return null
    const { format_version: formatVersion, object_no: objectNo, sha256, closed_at: closedAt } = row
    return { ...shown(row), start: row.started_at, formatVersion, objectNo, sha256, closedAt }
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

const SHOWN = [
  'name',
  'service_id',
  'started_at',
  'nominal_s',
  'period_s',
  'state',
  'item_count',
  'read_at',
  'reason',
] as const

const shown = (row: Pick<Selectable<UsageTables['statistics_objects']>, (typeof SHOWN)[number]>): StatisticsObject => ({
  name: row.name,
  serviceId: row.service_id,
  startedAt: row.started_at.toISOString(),
  nominalSeconds: row.nominal_s,
  periodSeconds: row.period_s,
  state: row.state,
  itemCount: row.item_count,
  readAt: row.read_at?.toISOString() ?? null,
  reason: row.reason,
})

import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'
import { type By, counted, type Subject } from './usage-pieces.ts'
import { objectParts, singlyCounted } from './usage-standing.ts'
import { type Counts, SUMS, SUMS_OF_SUMS } from './usage-sums.ts'
import { type Changed, DAY_MS, dayTiles, HOUR_MS, hourTiles, type Tiles } from './usage-tiles.ts'

/** Steps of equal length. */
export type Steps = {
  stepSeconds: number
  /** Seconds since 1970 at which one of the steps begins. */
  originSeconds: number
}

/** A step that has objects or rows; `step` is its start in seconds since 1970. */
export type StepCounts = Counts & { step: bigint }
export type StepObjects = { step: bigint; listed: bigint; stored: bigint; closed: bigint }

type Where = { cluster: string; from: Date; to: Date; changed: Changed }

const stepOf = ({ stepSeconds, originSeconds }: Steps): RawBuilder<unknown> => {
  const seconds = sql`cast(floor(extract(epoch from moment)) as bigint)`
  return sql`${seconds} - (${seconds} - ${sql.lit(originSeconds)}) % ${sql.lit(stepSeconds)}`
}

/** The coarsest tables that still tell the steps apart: there are roll-ups by hour for the whole cluster only. */
const tilesFor = ({ from, to, changed }: Where, { stepSeconds }: Steps, isWhole: boolean): Tiles => {
  const range = { from: from.getTime(), to: to.getTime() }
  const step = stepSeconds * 1000
  if (isWhole && step % HOUR_MS === 0) return hourTiles(range, changed)
  if (step % DAY_MS === 0) return dayTiles(range, changed, { withMonths: false })
  return { rows: [range], hours: [], days: [], months: [] }
}

/** Only the steps that have something, in order. */
export const countsBy = async (
  db: Kysely<Schema>,
  where: Where,
  steps: Steps,
  subject: Subject,
): Promise<StepCounts[]> => {
  const isWhole = subject.userId === undefined && subject.bucket === undefined
  const tiles = tilesFor(where, steps, isWhole)
  // Grouped by start first: there are few starts, and arithmetic on each row would take longer than all the sums.
  const { rows } = await sql<StepCounts>`
    with starts as (select moment, ${SUMS} from (${counted(where.cluster, tiles, subject)}) as pieces group by moment)
    select ${stepOf(steps)} as step, ${SUMS_OF_SUMS} from starts group by 1 order by 1`.execute(db)
  return rows
}

/** The same for some users or buckets, each by itself. */
export const countsOfEach = async (
  db: Kysely<Schema>,
  where: Where,
  steps: Steps,
  { by, ids, userId }: { by: By; ids: string[]; userId?: string | undefined },
): Promise<(StepCounts & { id: string })[]> => {
  const id = by === 'user' ? sql`user_id` : sql`bucket`
  const pieces = counted(where.cluster, tilesFor(where, steps, false), { by, ids, userId })
  const { rows } = await sql<StepCounts & { id: string }>`
    with starts as (select ${id} as id, moment, ${SUMS} from (${pieces}) as pieces group by ${id}, moment)
    select id, ${stepOf(steps)} as step, ${SUMS_OF_SUMS} from starts group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

/** How many objects start in each step, and how they stand. */
export const objectsBy = async (db: Kysely<Schema>, where: Where, steps: Steps): Promise<StepObjects[]> => {
  const { cluster, from, to, changed } = where
  const isWhole = (steps.stepSeconds * 1000) % HOUR_MS === 0
  const singly = isWhole ? singlyCounted(where, changed) : [{ from: from.getTime(), to: to.getTime() }]
  const { rows } = await sql<StepObjects>`
    select ${stepOf(steps)} as step, sum(listed) as listed, sum(stored) as stored, sum(closed) as closed
    from (${objectParts(cluster, singly, changed)}) as parts where moment >= ${from} and moment < ${to}
    group by 1 order by 1`.execute(db)
  return rows
}

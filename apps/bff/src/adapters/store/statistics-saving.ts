import { sql, type Transaction } from 'kysely'
import { yieldDuplicates } from './duplicates.ts'
import type { Schema } from './schema.ts'
import { type Change, goneOf, quarantinedOf, retriedOf, storedOf } from './statistics-changes.ts'
import type { Store } from './store.ts'
import { lessToQuarantine, type Standing } from './told-less.ts'
import { markStarts } from './usage-changes.ts'

/**
 * Stores what reading objects came to, and marks what changes by it. `isDecided`: an admin wants them to count as they were
 * read. Answers the names whose content it took.
 */
export const saveChanges = async (
  tx: Transaction<Schema>,
  engine: Store['engine'],
  cluster: string,
  read: Change[],
  { isDecided = false } = {},
): Promise<Set<string>> => {
  const before = await standingOf(
    tx,
    cluster,
    read.map(({ name }) => name),
    engine,
  )
  const changes = isDecided ? read : await lessToQuarantine(tx, cluster, read, before)
  const of = <K extends Change['kind']>(kind: K) =>
    changes.filter((change): change is Extract<Change, { kind: K }> => change.kind === kind)
  const starts = changes.flatMap((change) => {
    const was = before.get(change.name)
    if (was && changesNothing(change, was)) return []
    return [...(was ? [was.startedAt] : []), ...(change.kind === 'stored' ? [change.startedAt] : [])]
  })
  await markStarts(tx, cluster, starts)
  const counted = new Set([...before.values()].flatMap(({ name, isCounted }) => (isCounted ? [name] : [])))
  const taken = await storedOf(tx, cluster, of('stored'), counted)
  await quarantinedOf(tx, cluster, of('quarantined'))
  await retriedOf(tx, cluster, of('retry'))
  await goneOf(
    tx,
    cluster,
    of('gone').map(({ name }) => name),
    changes[0]?.at ?? new Date(),
  )
  await yieldDuplicates(
    tx,
    cluster,
    of('stored').flatMap(({ name, content }) => (content ? [name] : [])),
  )
  return taken
}

/**
 * How the objects stand before a change, and until the transaction ends: another process may be about to store the same
 * ones. DuckDB has one writer and no such lock.
 */
const standingOf = async (tx: Transaction<Schema>, cluster: string, names: string[], engine: Store['engine']) => {
  const { rows } = await sql<Standing>`
    select name, state, started_at as "startedAt", item_count is not null as "isCounted",
      read_at as "readAt", due_at as "dueAt" from statistics_objects
    where cluster_id = ${cluster} and name = any(${names}::text[])
    order by name ${engine === 'postgresql' ? sql`for update` : sql``}`.execute(tx)
  return new Map(rows.map((row) => [row.name, row]))
}

/** Whether sums, counts of objects and gaps stay as they are: it is to be read again, stays in quarantine, or was counted. */
const changesNothing = ({ kind }: Change, { state, isCounted }: Standing): boolean =>
  kind === 'retry' || (kind === 'quarantined' && state === 'quarantined') || (kind === 'gone' && isCounted)

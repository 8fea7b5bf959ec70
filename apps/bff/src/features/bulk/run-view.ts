import { BulkChange, type BulkRun, type ItemState } from '@ostor-console/shared/bulk'
import { bulkTitle } from '@ostor-console/shared/bulk-words'
import type { Counts, RunRow } from '../../adapters/store/bulk-runs.ts'

const MINUTE_MS = 60_000

/** From when on ended items count for the pace. */
export const paceSince = (now: Date): Date => new Date(now.getTime() - MINUTE_MS)

export const changeOf = ({ change }: Pick<RunRow, 'change'>): BulkChange => BulkChange.parse(JSON.parse(change))

/** Which of the runs that were started, the first one first, is to be worked at now, where this one is not. */
export const behindOf = ({ id }: RunRow, started: readonly RunRow[], counts: ReadonlyMap<string, Counts>) => {
  const unfinished = started.filter((run) => {
    const { waiting = 0, 'under-way': underWay = 0 } = counts.get(run.id)?.states ?? {}
    return run.state === 'running' && waiting + underWay > 0
  })
  const [first] = unfinished
  const planned = first && counts.get(first.id)?.planned
  if (!planned || first.id === id || !unfinished.some((run) => run.id === id)) return null
  return { id: first.id, title: bulkTitle(changeOf(first), planned) }
}

type Shown = { counts: Counts; behind: BulkRun['behind']; keysWaiting: number; now: Date }

export const runView = (row: RunRow, { counts, behind, keysWaiting, now }: Shown): BulkRun => {
  const of = (state: ItemState) => counts.states[state] ?? 0
  const perMinute = paceOf(row, counts, now)
  const { change, already, refused } = counts.planned
  return {
    id: row.id,
    actor: row.actor,
    change: changeOf(row),
    source: row.source,
    rerunOf: row.rerun_of,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.state === 'planned' ? row.expires_at.toISOString() : null,
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    heldBy: row.held_by,
    restsBecause: row.state === 'running' ? row.rests_because : null,
    behind,
    perSecond: row.per_second,
    listedAt: row.listed_at.toISOString(),
    total: change + already + refused,
    planned: counts.planned,
    counts: {
      waiting: of('waiting'),
      'under-way': of('under-way'),
      done: of('done'),
      already: of('already'),
      refused: of('refused'),
      failed: of('failed'),
      unknown: of('unknown'),
      left: of('left'),
    },
    again: row.state === 'ended' ? counts.again : 0,
    storedBytes: row.stored_bytes,
    perMinute,
    secondsLeft: perMinute === null ? null : Math.round(((of('waiting') + of('under-way')) / perMinute) * 60),
    operationId: row.operation_id,
    keysTaken: row.keys_taken,
    keysWaiting,
  }
}

/** Over the last minute, or since the start where that is less long ago. */
const paceOf = ({ state, started_at }: RunRow, { lately }: Counts, now: Date): number | null => {
  if (state !== 'running' || started_at === null || lately === 0) return null
  const sinceMs = Math.min(MINUTE_MS, Math.max(1000, now.getTime() - started_at.getTime()))
  return Math.round((lately * MINUTE_MS * 10) / sinceMs) / 10
}

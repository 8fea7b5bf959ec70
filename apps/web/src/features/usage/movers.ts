import type { Source } from '@ostor-console/shared/coverage'
import type { Top, TopEntry } from '@ostor-console/shared/usage'
import { trafficOf } from './counters.ts'

/** Somebody whose traffic changed. `before` and `now` are bytes; one is `null` when they were too small to be listed. */
export type Mover = { id: string; label: string | null; before: bigint | null; now: bigint | null; change: bigint }

const WEEK = 7 * 86_400_000
const HOUR = 3_600_000

/** What is read of a ranking. */
export type Ranked = Pick<Top, 'items' | 'others'> & { source: Pick<Source, 'coverage'> }

export type Weeks = { now: { from: string; to: string }; before: { from: string; to: string } }

/** The last week that is known whole, to the hour, and the one before it; `null` while none is. */
export function weeksTo(completeUntil: string | null): Weeks | null {
  if (completeUntil === null) return null
  const end = Math.floor(Date.parse(completeUntil) / HOUR) * HOUR
  const at = (weeks: number) => `${new Date(end - weeks * WEEK).toISOString().slice(0, 16)}Z`
  return { now: { from: at(1), to: at(0) }, before: { from: at(2), to: at(1) } }
}

/**
 * Who grew and who shrank most between two ranges, the largest change first; `null` when not all of both is known,
 * because what is missing would look like a fall. Who is listed in one of them alone has at least the change told.
 */
export function moversOf(before: Ranked, now: Ranked): { up: Mover[]; down: Mover[] } | null {
  if (before.source.coverage !== 'complete' || now.source.coverage !== 'complete') return null
  const earlier = new Map(before.items.map((entry) => [entry.id, entry]))
  const later = new Map(now.items.map((entry) => [entry.id, entry]))
  const ids = [...new Set([...later.keys(), ...earlier.keys()])].filter((id) => id !== '')
  const movers = ids.map((id): Mover => {
    const was = earlier.get(id)
    const is = later.get(id)
    const from = valueIn(was, before)
    const to = valueIn(is, now)
    return {
      id,
      label: is?.label ?? was?.label ?? null,
      before: from,
      now: to,
      change: (to ?? smallest(now)) - (from ?? smallest(before)),
    }
  })
  // Of whoever is not listed only the largest amount is known that they can have had: it may be a step the other way.
  const sure = movers.filter(
    ({ before: from, now: to, change }) => !(from === null && change < 0n) && !(to === null && change > 0n),
  )
  const sorted = sure.toSorted((a, b) => (a.change < b.change ? 1 : a.change > b.change ? -1 : 0))
  return {
    up: sorted.filter(({ change }) => change > 0n),
    down: sorted.filter(({ change }) => change < 0n).toReversed(),
  }
}

/** Whoever is not listed had nothing where all are listed, and otherwise less than everybody who is. */
const valueIn = (entry: TopEntry | undefined, { others }: Ranked): bigint | null =>
  entry ? trafficOf(entry.counters) : others === null ? 0n : null

const smallest = ({ items }: Ranked): bigint => {
  const last = items.at(-1)
  return last ? trafficOf(last.counters) : 0n
}

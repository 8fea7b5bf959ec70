import { useState } from 'react'

/**
 * Rows that were listed once, each with what it is now; `null` when it is not listed any more. It stays in its place, so
 * that neither the next row comes under a pointer that presses twice, nor the focus is lost with the button.
 */
export function useKept<T>(rows: readonly T[], keyOf: (row: T) => string): { row: T; now: T | null }[] {
  const [kept, setKept] = useState(rows)
  const known = new Set(kept.map(keyOf))
  const added = rows.filter((row) => !known.has(keyOf(row)))
  const all = added.length === 0 ? kept : [...kept, ...added]
  if (all !== kept) setKept(all)
  const now = new Map(rows.map((row) => [keyOf(row), row]))
  return all.map((row) => ({ row, now: now.get(keyOf(row)) ?? null }))
}

import { useState } from 'react'

type Kept<T> = { row: T; isUnderWay: boolean; wasPressed: boolean; isGone: boolean }

/**
 * Rows as they are now. One that was taken away here stays in its place as it was last, so that neither the next row
 * comes under a pointer that presses twice, nor the focus is lost with the button. `underWay` is the key of the row that
 * is being taken away.
 */
export function useKept<T>(rows: readonly T[], keyOf: (row: T) => string, underWay: string | null): Kept<T>[] {
  const [pressed, setPressed] = useState<ReadonlySet<string>>(new Set())
  if (underWay !== null && !pressed.has(underWay)) setPressed(new Set([...pressed, underWay]))
  const [last, setLast] = useState(rows)
  const all = withKept(last, rows, keyOf, pressed)
  if (all.length !== last.length || all.some((row, at) => row !== last[at])) setLast(all)
  const listed = new Set(rows)
  return all.map((row) => {
    const key = keyOf(row)
    return { row, isUnderWay: key === underWay, wasPressed: pressed.has(key), isGone: !listed.has(row) }
  })
}

/** The rows, and of those that were drawn last the pressed ones that are not listed any more, each where it was. */
export function withKept<T>(
  last: readonly T[],
  rows: readonly T[],
  keyOf: (row: T) => string,
  pressed: ReadonlySet<string>,
): T[] {
  const listed = new Set(rows.map(keyOf))
  const all = [...rows]
  for (const [at, row] of last.entries()) {
    const key = keyOf(row)
    if (pressed.has(key) && !listed.has(key)) all.splice(at, 0, row)
  }
  return all
}

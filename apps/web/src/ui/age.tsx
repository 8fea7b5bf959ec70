import { useLingui } from '@lingui/react'
import { useSyncExternalStore } from 'react'
import { formatAge } from '../format/ages.ts'
import { formatSecond } from '../format/dates.ts'

const EVERY_MS = 15_000

const readers = new Set<() => void>()
let timer: number | undefined

/** One timer for all ages: a list has hundreds of them. */
const subscribe = (onTick: () => void) => {
  readers.add(onTick)
  timer ??= window.setInterval(() => readers.forEach((read) => read()), EVERY_MS)
  return () => {
    readers.delete(onTick)
    if (readers.size > 0) return
    window.clearInterval(timer)
    timer = undefined
  }
}

/** How long ago, kept right while the page stays open; the instant itself on hover. */
export function Age({ at }: { at: string | number }) {
  useLingui()
  const instant = new Date(at)
  const now = () => formatAge(instant)
  const age = useSyncExternalStore(subscribe, now, now)
  return (
    // Within an alert it would have the whole of it spoken again each minute.
    <time dateTime={instant.toISOString()} title={formatSecond(instant)} aria-live="off">
      {age}
    </time>
  )
}

import { useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { type RefObject, startTransition, useEffect, useLayoutEffect, useState } from 'react'

const DRAWN_WHOLE = 100
const AHEAD = 12
const STEP = 30
const REST_MS = 200

type Drawn = { from: number; to: number; above: number; below: number }

/**
 * Which of many rows are drawn: those in sight, and while the browser has nothing else to do more and more of the others,
 * so that in the end nothing has to be drawn while one scrolls. `above` and `below` are the heights of what is missing.
 */
export const useDrawnRows = (rows: readonly object[], frame: RefObject<HTMLElement | null>): Drawn => {
  const count = rows.length
  const isLong = count > DRAWN_WHOLE
  const ahead = useGrowing(rows, isLong ? count : 0)
  const isWhole = !isLong || ahead >= count
  const { top, height } = usePlace(frame, isLong)
  const few = useFewAtFirst(count, height)
  // oxlint-disable-next-line react/incompatible-library -- the compiler is not in use, and the table must not be memoised
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: ahead,
    scrollMargin: top,
    enabled: !isWhole,
  })
  if (few < count) return { from: 0, to: few, above: 0, below: (count - few) * height }
  if (isWhole) return { from: 0, to: count, above: 0, below: 0 }
  return between(virtual.getVirtualItems(), virtual.getTotalSize(), top)
}

/** The first picture of the console has the rows that a window can hold; the others follow as soon as the browser has time. */
const useFewAtFirst = (count: number, height: number): number => {
  const [isFirst, setFirst] = useState(isFirstPicture)
  useEffect(() => (isFirst ? whenIdle(() => startTransition(() => setFirst(false)), 500) : undefined), [isFirst])
  return isFirst ? Math.min(count, Math.ceil(window.innerHeight / height)) : count
}

/** Nothing is on the screen yet, and the page was not loaded again, which would go back to where one was in it. */
const isFirstPicture = (): boolean =>
  document.getElementById('root')?.hasChildNodes() === false &&
  performance.getEntriesByType('navigation').every((entry) => 'type' in entry && entry.type === 'navigate')

/** As the tokens have it, with the line below. */
const rowHeight = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row')) + 1

const between = (items: VirtualItem[], total: number, top: number): Drawn => {
  const [first, last] = [items[0], items.at(-1)]
  if (!first || !last) return { from: 0, to: 0, above: 0, below: total }
  return { from: first.index, to: last.index + 1, above: first.start - top, below: total - (last.end - top) }
}

/** Rows drawn beyond what is in sight; a new list begins anew, and nothing grows while one scrolls. */
const useGrowing = (rows: readonly object[], most: number): number => {
  const [grown, setGrown] = useState({ rows, ahead: AHEAD })
  const ahead = grown.rows === rows ? grown.ahead : AHEAD
  useEffect(() => {
    if (ahead >= most) return undefined
    const grow = () => startTransition(() => setGrown({ rows, ahead: ahead + STEP }))
    let stop = whenIdle(grow)
    const putOff = () => {
      stop()
      const rest = setTimeout(() => {
        stop = whenIdle(grow)
      }, REST_MS)
      stop = () => clearTimeout(rest)
    }
    window.addEventListener('scroll', putOff, { passive: true })
    return () => {
      stop()
      window.removeEventListener('scroll', putOff)
    }
  }, [rows, ahead, most])
  return ahead
}

const whenIdle = (work: () => void, atLatestMs = 0): (() => void) => {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 50)
    return () => clearTimeout(timer)
  }
  const idle = requestIdleCallback(work, atLatestMs > 0 ? { timeout: atLatestMs } : {})
  return () => cancelIdleCallback(idle)
}

/** Where the rows begin on the page, and how high one is: looked up when the page changes its size and not while it scrolls, which would lay it out each time. */
const usePlace = (frame: RefObject<HTMLElement | null>, isAsked: boolean): { top: number; height: number } => {
  const [place, setPlace] = useState(() => ({ top: 0, height: rowHeight() }))
  useLayoutEffect(() => {
    if (!isAsked) return undefined
    const look = () => {
      const row = frame.current?.querySelector('tbody tr[data-index]')
      const next = { top: frame.current?.offsetTop ?? 0, height: row?.getBoundingClientRect().height || rowHeight() }
      setPlace((known) => (known.top === next.top && known.height === next.height ? known : next))
    }
    look()
    const watch = new ResizeObserver(look)
    watch.observe(document.body)
    return () => watch.disconnect()
  }, [frame, isAsked])
  return place
}

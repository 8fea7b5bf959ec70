/** From `from` on, up to but not including `to`, in milliseconds since 1970. */
export type Interval = { from: number; to: number }

/** Spans of one length as few intervals: those that lie at most `apartMs` from each other become one. */
export const joined = (starts: readonly Date[], lengthMs: number, apartMs = 0): Interval[] => {
  const intervals: Interval[] = []
  for (const from of starts.map((start) => start.getTime()).toSorted((a, b) => a - b)) {
    const last = intervals.at(-1)
    if (last && from - last.to <= apartMs) last.to = Math.max(last.to, from + lengthMs)
    else intervals.push({ from, to: from + lengthMs })
  }
  return intervals
}

/** What is left of an interval when others, in order and apart from each other, are taken out of it. */
export const without = ({ from, to }: Interval, taken: readonly Interval[]): Interval[] => {
  const left: Interval[] = []
  let at = from
  for (const hole of taken) {
    if (hole.to <= at || hole.from >= to) continue
    if (hole.from > at) left.push({ from: at, to: hole.from })
    at = hole.to
  }
  if (at < to) left.push({ from: at, to })
  return left
}

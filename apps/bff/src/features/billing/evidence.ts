import type { EvidenceFigure } from '../../adapters/store/billing-evidence.ts'

const HOUR_MS = 3_600_000

export type Span = { at: string; hours: number; count: string | null; isWhole: boolean }

type Sum = EvidenceFigure & { end: number; covered: number }

/**
 * The figures of some clusters together, in order, and an hour without one wherever nothing is known. Where a cluster was
 * not asked in some hours, its figure is for all of them, and so is what the others have of them.
 */
export const together = (clusters: readonly EvidenceFigure[][], range: { from: Date; to: Date }): Span[] => {
  const spans: Span[] = []
  const fillTo = (until: number, since: number) => {
    for (let at = since; at < until; at += HOUR_MS)
      spans.push({ at: new Date(at).toISOString(), hours: 1, count: null, isWhole: false })
  }
  let end = range.from.getTime()
  for (const sum of sumsOf(clusters)) {
    fillTo(sum.at, end)
    const isWhole = sum.covered === sum.hours * clusters.length
    spans.push({ at: new Date(sum.at).toISOString(), hours: sum.hours, count: String(sum.count), isWhole })
    end = sum.end
  }
  fillTo(range.to.getTime(), end)
  return spans
}

const sumsOf = (clusters: readonly EvidenceFigure[][]): Sum[] => {
  const sums: Sum[] = []
  for (const { at, hours, count } of clusters.flat().toSorted((a, b) => a.at - b.at)) {
    const end = at + hours * HOUR_MS
    const last = sums.at(-1)
    if (last && at < last.end) {
      last.end = Math.max(last.end, end)
      last.hours = (last.end - last.at) / HOUR_MS
      last.covered += hours
      last.count += count
    } else sums.push({ at, hours, count, end, covered: hours })
  }
  return sums
}

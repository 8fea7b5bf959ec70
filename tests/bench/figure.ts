/** One measured figure beside the least that could be had on the same machine in the same run. */
export type Figure = {
  name: string
  unit: string
  measured: number
  floor: number
  /** What the floor is, in words. */
  floorIs: string
  /** `measured` against `floor` as the goal compares them. */
  compared: number
  comparedAs: 'ratio' | 'difference' | 'value'
  goal: string
  holds: boolean
  note?: string
}

/** In milliseconds. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const before = performance.now()
  await work()
  return performance.now() - before
}

/** The value below which `share` (0…1) of the samples lie. */
export const quantile = (samples: number[], share: number): number => {
  const sorted = samples.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  if (value === undefined) throw new Error('no samples')
  return value
}

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2))

export const table = (figures: Figure[]): string => {
  const head = ['figure', 'measured', 'floor', 'compared', 'goal', 'holds', 'floor is']
  const rows = figures.map((f) => [
    f.note ? `${f.name} (${f.note})` : f.name,
    `${digits(f.measured)} ${f.unit}`,
    `${digits(f.floor)} ${f.unit}`,
    `${digits(f.compared)} (${f.comparedAs})`,
    f.goal,
    f.holds ? 'yes' : 'NO',
    f.floorIs,
  ])
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: string[]): string => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n')
}

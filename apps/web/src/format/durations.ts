const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** Seconds → the two largest units, rounded to the smaller of them: `1 h 30 min`, `2 d`, `45 s`. */
export function formatDuration(seconds: number): string {
  const largest = UNITS.findIndex(([, size]) => size <= seconds)
  const [, smallest] = UNITS[Math.min(largest + 1, UNITS.length - 1)] ?? ['s', 1]
  let rest = Math.max(0, Math.round(seconds / smallest) * smallest)
  const parts: string[] = []
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest %= size
    if (count > 0) parts.push(`${count} ${name}`)
  }
  return parts.join(' ') || '0 s'
}

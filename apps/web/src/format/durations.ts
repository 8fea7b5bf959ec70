import { t } from '@lingui/core/macro'

const UNITS = [
  { size: 86_400, said: (count: number) => t`${count} d` },
  { size: 3_600, said: (count: number) => t`${count} h` },
  { size: 60, said: (count: number) => t`${count} min` },
  { size: 1, said: (count: number) => t`${count} s` },
] as const

/** Seconds → the two largest units, rounded to the smaller of them: `1 h 30 min`, `2 d`, `45 s`. */
export function formatDuration(seconds: number): string {
  const largest = UNITS.findIndex(({ size }) => size <= seconds)
  const smallest = UNITS[Math.min(largest + 1, UNITS.length - 1)]?.size ?? 1
  let rest = Math.max(0, Math.round(seconds / smallest) * smallest)
  const parts: string[] = []
  for (const { size, said } of UNITS) {
    const count = Math.floor(rest / size)
    rest %= size
    if (count > 0) parts.push(said(count))
  }
  return parts.join(' ') || t`0 s`
}

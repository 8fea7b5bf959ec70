import { chance, hash } from './hash.ts'

export const HOUR = 3_600_000
const BLOCK = 4096
const WEEK = 168

/** When it all began: no bucket is older. */
const FIRST_HOUR = Date.UTC(2022, 0, 1) / HOUR
const BUCKET_YEARS_IN_HOURS = 26_000

/**
 * A size in bytes as a function of the hour: a base, a step that is added every `every` hours, and a saw that climbs
 * through the week and falls when the retention run deletes.
 */
export type Curve = { createdAt: number; base: number; step: number; every: number; saw: number }

export type Size = { current: number; hmax: number; integral: bigint; lastHour: number }

const MAGNITUDES = [1e6, 1e8, 1e8, 1e9, 1e9, 1e10, 1e10, 1e11] as const
const blocks = (bytes: number) => Math.max(1, Math.round(bytes / BLOCK)) * BLOCK

/** How a bucket of the generated world grows. */
export const curveOf = (seed: number, bucket: number, isHuge: boolean): Curve => {
  const createdHour = FIRST_HOUR + (hash(seed, 20, bucket) % BUCKET_YEARS_IN_HOURS)
  const createdAt = createdHour * HOUR + (hash(seed, 21, bucket) % 3600) * 1000
  const magnitude = isHuge ? 1e15 : (MAGNITUDES[hash(seed, 22, bucket) % MAGNITUDES.length] ?? 1e9)
  const base = blocks(magnitude * (1 + 8 * chance(seed, 23, bucket)))
  const kind = hash(seed, 24, bucket) % 8
  const growth = base * (0.2 + chance(seed, 25, bucket))
  if (kind < 3) return { createdAt, base, step: 0, every: 1, saw: 0 }
  if (kind < 6) return { createdAt, base, step: blocks(growth / 365), every: 24, saw: 0 }
  if (kind < 7) return { createdAt, base, step: blocks(growth / 8760), every: 1, saw: 0 }
  return { createdAt, base, step: blocks(growth / 8760), every: 1, saw: blocks(growth / 4 / WEEK) }
}

const bytesAt = ({ createdAt, base, step, every, saw }: Curve, hour: number): number => {
  const age = hour - Math.floor(createdAt / HOUR)
  return age < 0 ? 0 : base + step * Math.floor(age / every) + saw * (age % WEEK)
}

/** The sum of `floor(i / every)` for i from 0 to n - 1. */
const stairs = (n: number, every: number) => {
  const full = Math.floor(n / every)
  return (every * full * (full - 1)) / 2 + full * (n % every)
}

/** The sum of `i % WEEK` for i from 0 to n - 1. */
const teeth = (n: number) => {
  const rest = n % WEEK
  return (Math.floor(n / WEEK) * WEEK * (WEEK - 1)) / 2 + (rest * (rest - 1)) / 2
}

/** What the gateway says of a size at an instant; the integral counts the whole hours since creation, in byte-hours. */
export const sizeAt = (curve: Curve, now: number): Size => {
  const hour = Math.floor(now / HOUR)
  const created = Math.floor(curve.createdAt / HOUR)
  const age = Math.max(0, hour - created)
  const current = bytesAt(curve, hour)
  const { base, step, every, saw } = curve
  return {
    current,
    hmax: Math.max(current, bytesAt(curve, hour - 1)),
    integral: BigInt(base) * BigInt(age) + BigInt(step) * BigInt(stairs(age, every)) + BigInt(saw) * BigInt(teeth(age)),
    lastHour: step === 0 && saw === 0 ? created : created + Math.floor(age / every) * every,
  }
}

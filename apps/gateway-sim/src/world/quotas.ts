import type { Settled } from '../options.ts'
import type { Buckets } from './buckets.ts'
import type { Clock } from './clock.ts'
import { hash, isAmong } from './hash.ts'
import { sizeAt } from './sizes.ts'

/** What a provider sells, in GB. */
const SOLD = [10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000]
const GB = 1_000_000_000

/** Quotas of some users, by subject: most hold what is stored now, and one of eleven is full. */
export const sellQuotas = (settings: Settled, buckets: Buckets, clock: Clock): Map<string, bigint> => {
  const { seed, users, quotaUsers } = settings
  const sold = new Map<string, bigint>()
  for (let user = 1; user <= users; user++) {
    if (!isAmong(quotaUsers, user - 1, users)) continue
    let stored = 0
    for (const { curve } of buckets.of(user)) stored += sizeAt(curve, clock.now()).current
    const isFull = stored > 2 * GB && hash(seed, 34, user) % 11 === 0
    const fits = SOLD.find((size) => size * GB > stored) ?? Math.ceil(stored / GB)
    sold.set(`user:${user}`, BigInt(isFull ? Math.floor((0.98 * stored) / GB) : fits))
  }
  return sold
}

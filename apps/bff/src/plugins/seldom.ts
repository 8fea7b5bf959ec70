import { LRUCache } from 'lru-cache'

type Bounds = { everyMs: number; most: number }

/** True for the first time that something is named in a while; and so often at most, whatever is named. */
export const createSeldom = (now: () => Date, { everyMs, most }: Bounds) => {
  const clock = { now: () => now().getTime() }
  const named = new LRUCache<string, true>({ max: most, ttl: everyMs, ttlResolution: 0, perf: clock })
  return (name: string): boolean => {
    if (named.has(name)) return false
    if (named.size >= most) named.purgeStale()
    if (named.size >= most) return false
    named.set(name, true)
    return true
  }
}

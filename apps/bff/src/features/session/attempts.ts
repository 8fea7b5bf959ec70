import { LRUCache } from 'lru-cache'

const WINDOW_MS = 15 * 60_000
const PASSWORDS = { perAddress: 10, perAccount: 100 }

/**
 * Counts failed sign-ins by account. One address has ten tries in a quarter of an hour for one account, unless
 * other numbers are given; all strange addresses together have a hundred, and an address that has signed in to the account before is not counted with them,
 * so that nobody can lock its owner out from elsewhere.
 */
export const createAttempts = (now: () => Date, { perAddress, perAccount } = PASSWORDS) => {
  const clock = { now: () => now().getTime() }
  const tries = new LRUCache<string, number>({
    max: 20_000,
    ttl: WINDOW_MS,
    noUpdateTTL: true,
    ttlResolution: 0,
    perf: clock,
  })
  const known = new LRUCache<string, true>({ max: 20_000 })

  const countersOf = (email: string, address: string) => {
    const account = email.toLowerCase()
    const here = `${address} ${account}`
    const own = { key: here, most: perAddress }
    return { here, counters: known.has(here) ? [own] : [own, { key: account, most: perAccount }] }
  }

  return {
    /** Counts a try before its outcome is known; answers the seconds to wait when there were too many. */
    take(email: string, address: string): number | null {
      const { counters } = countersOf(email, address)
      const full = counters.find(({ key, most }) => (tries.get(key) ?? 0) >= most)
      if (full) return Math.max(1, Math.ceil(tries.getRemainingTTL(full.key) / 1000))
      for (const { key } of counters) tries.set(key, (tries.get(key) ?? 0) + 1)
      return null
    },

    succeeded(email: string, address: string): void {
      const { here, counters } = countersOf(email, address)
      for (const { key } of counters) tries.set(key, Math.max(0, (tries.get(key) ?? 0) - 1))
      tries.delete(here)
      known.set(here, true)
    },
  }
}

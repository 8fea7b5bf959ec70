import type { Settled } from '../options.ts'
import type { Bucket, Buckets } from '../world/buckets.ts'
import { chance, hash } from '../world/hash.ts'
import { HOSTILE_TEXTS } from '../world/hostile.ts'
import type { Users } from '../world/users.ts'

export type Counters = { put: number; get: number; list: number; other: number; uploaded: number; downloaded: number }
export type Item = { bucket: string; epoch: number; userId: string; tag: string; counters: Counters }

type Profile = {
  hours: readonly number[]
  weekend: number
  put: number
  get: number
  list: number
  putBytes: number
  getBytes: number
}

/** Percent of the peak for each hour of the day, UTC. */
const OFFICE = [4, 3, 3, 3, 4, 8, 20, 45, 75, 92, 100, 96, 78, 88, 98, 94, 80, 58, 36, 24, 17, 12, 8, 5]
const NIGHT = [96, 100, 92, 80, 55, 30, 12, 8, 6, 6, 6, 7, 8, 8, 7, 7, 8, 10, 14, 20, 32, 50, 72, 88]
const EVENING = [30, 18, 11, 8, 7, 8, 12, 20, 28, 33, 37, 42, 48, 47, 46, 50, 58, 70, 86, 98, 100, 92, 72, 48]

const PROFILES: readonly Profile[] = [
  { hours: OFFICE, weekend: 0.22, put: 0.3, get: 0.55, list: 0.08, putBytes: 180_000, getBytes: 240_000 },
  { hours: NIGHT, weekend: 0.7, put: 0.82, get: 0.04, list: 0.06, putBytes: 600_000, getBytes: 2_000_000 },
  { hours: EVENING, weekend: 0.55, put: 0.05, get: 0.88, list: 0.03, putBytes: 1_500_000, getBytes: 900_000 },
]

type Source = { bucket: Bucket; userId: string; epoch: number; profile: number }
const SOURCES_KEPT = 100_000

const NOTHING: Counters = { put: 0, get: 0, list: 0, other: 0, uploaded: 0, downloaded: 0 }
const isAllZero = ({ put, get, list, other }: Counters) => put + get + list + other === 0

const OPERATIONS_PER_HOUR_AT_THE_TOP = 24_000
const GROWTH_EPOCH = Date.UTC(2025, 0, 1)
const DAY = 86_400_000

const scaleOf = (profile: Profile, at: number) => {
  const date = new Date(at)
  const day = date.getUTCDay()
  const weekend = day === 0 || day === 6 ? profile.weekend : 1
  const growth = 1 + Math.max(0, at - GROWTH_EPOCH) / (400 * DAY)
  return ((profile.hours[date.getUTCHours()] ?? 0) / 100) * weekend * growth
}

const countersOf = (profile: Profile, operations: number, luck: (nth: number) => number): Counters => {
  const some = (share: number, nth: number) => Math.floor(operations * share * (0.6 + 0.8 * luck(nth)) + luck(nth + 10))
  const put = some(profile.put, 1)
  const get = some(profile.get, 2)
  return {
    put,
    get,
    list: some(profile.list, 3),
    other: some(0.06, 4),
    uploaded: put === 0 ? 0 : Math.floor(put * profile.putBytes * (0.5 + luck(5))),
    downloaded: get === 0 ? 0 : Math.floor(get * profile.getBytes * (0.5 + luck(6))),
  }
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))

/** The first step from `from` on that visits every one of `count` places before it comes back. */
const strideOf = (count: number, from: number): number =>
  count < 2 || commonDivisor(from, count) === 1 ? from : strideOf(count, from + 1)

/** What passes through one service in one period: a function of the seed alone, and of buckets removed before it. */
export const createTraffic = (settings: Settled, users: Users, buckets: Buckets) => {
  const { seed, services, period, itemsPerObject } = settings
  const count = settings.buckets
  const stride = strideOf(count, 1 + (hash(seed, 50) % Math.max(1, count - 1)))
  const ofRank = (rank: number) => (rank * stride + (hash(seed, 51) % count)) % count

  /** The ranks of activity seen in this period: the first ones always, the others as a sample of all. */
  const ranks = (service: number, slot: number): number[] => {
    if (count <= itemsPerObject) return Array.from({ length: count }, (_, rank) => rank)
    const head = Math.ceil(itemsPerObject / 2)
    const width = (count - head) / (itemsPerObject - head)
    return Array.from({ length: itemsPerObject }, (_, nth) => {
      const [low, high] = [Math.floor((nth - head) * width), Math.floor((nth - head + 1) * width)]
      return nth < head ? nth : head + low + Math.floor(chance(seed, service + 60, slot, nth) * (high - low))
    })
  }

  /** What does not change of a bucket, kept for those that are seen again and again. */
  const source = (number: number): Source => {
    const kept = sources.get(number)
    if (kept) return kept
    const bucket = buckets.generated(number)
    const userId = users.summary(bucket.owner).id
    const made: Source = {
      bucket,
      userId,
      epoch: buckets.epoch(number),
      profile: hash(seed, 52, number) % PROFILES.length,
    }
    if (sources.size < SOURCES_KEPT) sources.set(number, made)
    return made
  }

  const sources = new Map<number, Source>()
  /** No day is like another: most are near the mean, a few are far above it. */
  const moodOf = (number: number, at: number) => {
    const luck = chance(seed, 53, number, Math.floor(at / DAY))
    return luck > 0.985 ? 3.5 : 0.55 + 0.9 * luck
  }

  const recorded = new Map<string, Item[]>()

  return {
    /** Traffic a test adds to a period. */
    record(service: number, slot: number, item: Item): void {
      const key = `${service} ${slot}`
      recorded.set(key, [...(recorded.get(key) ?? []), item])
    },

    /** The items of a whole period that starts at this instant. */
    items(service: number, slot: number, startMs: number): Item[] {
      const items: Item[] = []
      const scales = PROFILES.map((profile) => scaleOf(profile, startMs))
      for (const rank of count === 0 ? [] : ranks(service, slot)) {
        const number = ofRank(rank)
        const { bucket, userId, epoch, profile: kind } = source(number)
        const [profile, scale = 0] = [PROFILES[kind], scales[kind]]
        const luck = (nth: number) => chance(seed + nth, service + 70, slot, number)
        const isSeen = rank < 3 || luck(0) < 0.35 + 0.6 * scale
        const isPossible = buckets.existed(bucket, startMs) && users.wasEnabled(bucket.owner, startMs)
        if (!profile || !isSeen || !isPossible) continue
        const perHour = (OPERATIONS_PER_HOUR_AT_THE_TOP * scale * moodOf(number, startMs)) / (rank + 3)
        const counters = countersOf(profile, (perHour * (period / 3600)) / services, luck)
        if (rank === 0) counters.other += 1
        if (isAllZero(counters)) continue
        const tag = settings.hostile ? (HOSTILE_TEXTS[rank % HOSTILE_TEXTS.length] ?? '') : ''
        items.push({ bucket: bucket.name, epoch, userId, tag, counters })
        // Listing one's buckets is tied to no bucket.
        if (rank === 0 && luck(9) < 0.3) {
          items.push({
            bucket: '',
            epoch: 0,
            userId,
            tag: '',
            counters: { ...NOTHING, list: 1 + Math.floor(luck(8) * 20) },
          })
        }
      }
      return [...items, ...(recorded.get(`${service} ${slot}`) ?? [])]
    },
  }
}

export type Traffic = ReturnType<typeof createTraffic>

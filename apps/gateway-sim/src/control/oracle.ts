import type { World } from '../operations/operation.ts'
import type { Counters } from '../statistics/traffic.ts'
import { type Size, sizeAt } from '../world/sizes.ts'
import type { User } from '../world/users.ts'

export type Totals = { [Name in keyof Counters]: bigint }

export type UsageFilter = {
  user?: string
  bucket?: string
  /** Objects that start in [from, to), in milliseconds since 1970. */
  from?: number
  to?: number
  /** Only objects that will not change any more. */
  closedOnly?: boolean
  /** Without the objects that were deleted or have vanished. */
  listedOnly?: boolean
}

const nothing = (): Totals => ({ put: 0n, get: 0n, list: 0n, other: 0n, uploaded: 0n, downloaded: 0n })

const add = (totals: Totals, counters: Counters) => {
  totals.put += BigInt(counters.put)
  totals.get += BigInt(counters.get)
  totals.list += BigInt(counters.list)
  totals.other += BigInt(counters.other)
  totals.uploaded += BigInt(counters.uploaded)
  totals.downloaded += BigInt(counters.downloaded)
}

/** What is true, told past the wire. */
export const createOracle = (world: World) => {
  const { users, buckets, statistics, clock } = world

  const items = function* ({ user, bucket, from, to, closedOnly, listedOnly }: UsageFilter) {
    for (const { contents, isDeleted } of statistics.reported(from, to)) {
      if ((closedOnly && !contents.isClosed) || (listedOnly && isDeleted)) continue
      for (const item of contents.items) {
        if ((user === undefined || item.userId === user) && (bucket === undefined || item.bucket === bucket)) yield item
      }
    }
  }

  return {
    /** Every user with true keys, the system user first. Secrets are in it. */
    users: (): User[] => Array.from(users.indices(), (index) => structuredClone(users.at(index))),

    user(id: string): User | undefined {
      const index = users.indexOfId(id)
      return index === undefined ? undefined : structuredClone(users.at(index))
    },

    /** The names of the buckets of a user, or of all. */
    buckets(userId?: string): string[] {
      if (userId === undefined) return Array.from(buckets.all(), ({ name }) => name)
      return Array.from(buckets.of(users.indexOfId(userId) ?? -1), ({ name }) => name)
    },

    /** The true size of a bucket, now or at an instant. */
    size(bucket: string, at = clock.now()): (Size & { createdAt: number; ownerId: string }) | undefined {
      const found = buckets.find(bucket)
      if (!found) return undefined
      return { ...sizeAt(found.curve, at), createdAt: found.curve.createdAt, ownerId: users.summary(found.owner).id }
    },

    /** The sum of all counters the gateway has reported, deleted objects included. */
    usage(filter: UsageFilter = {}): Totals {
      const totals = nothing()
      for (const { counters } of items(filter)) add(totals, counters)
      return totals
    },

    /** The same per user id or per bucket name. */
    usageBy(group: 'user' | 'bucket', filter: UsageFilter = {}): Map<string, Totals> {
      const groups = new Map<string, Totals>()
      for (const { userId, bucket, counters } of items(filter)) {
        const key = group === 'user' ? userId : bucket
        const totals = groups.get(key) ?? nothing()
        groups.set(key, totals)
        add(totals, counters)
      }
      return groups
    },

    /** The same per user, bucket and hour in which the object starts, joined by a space; the hour in seconds since 1970. */
    usageByHour(filter: UsageFilter = {}): Map<string, Totals> {
      const groups = new Map<string, Totals>()
      for (const { contents, isDeleted } of statistics.reported(filter.from, filter.to)) {
        if (filter.listedOnly && isDeleted) continue
        const hour = Math.floor(contents.startMs / 3_600_000) * 3600
        for (const { userId, bucket, counters } of contents.items) {
          const key = `${userId} ${bucket} ${hour}`
          const totals = groups.get(key) ?? nothing()
          groups.set(key, totals)
          add(totals, counters)
        }
      }
      return groups
    },

    /** Every object there has been, with what is true of it. */
    objects: () =>
      Array.from(statistics.reported(), ({ name, isDeleted, contents }) => ({
        name,
        isDeleted,
        isClosed: contents.isClosed,
        startMs: contents.startMs,
        seconds: contents.period,
        items: contents.items.length,
      })),

    limits: (userIdOrBucket: string) => {
      const index = users.indexOfId(userIdOrBucket)
      return world.limits.get(index === undefined ? `bucket:${userIdOrBucket}` : `user:${index}`)
    },
  }
}

import { BYTES_OF_GB, type OverDefault } from '@ostor-console/shared/quotas'
import type { Directory } from '../../adapters/gateway/directory.ts'
import type { GatewayBucket, GatewayUser } from '../../adapters/gateway/gateway.ts'
import type { Dated } from '../../adapters/gateway/refresher.ts'
import { storedIn } from '../../lists/stored-bytes.ts'

type Lists = Pick<Directory, 'users' | 'buckets'>
type Who = { id: string; label: string }
type Sized<T> = { all: readonly T[]; bytesOf: (one: T) => bigint | null; whoIs: (one: T) => Who; dated: Dated[] }

const MOST = 10

/** Who is above a default quota by the sizes that the gateway lists. */
export const overDefault = async (lists: Lists, of: 'user' | 'bucket', size: number): Promise<OverDefault> =>
  of === 'user' ? overIn(await usersIn(lists), size) : overIn(await bucketsIn(lists), size)

const overIn = <T>({ all, bytesOf, whoIs, dated }: Sized<T>, size: number): OverDefault => {
  const over = BYTES_OF_GB.map((bytesPerGb) => ({ bytesPerGb, quota: BigInt(size) * BigInt(bytesPerGb), count: 0 }))
  let unknown = 0
  let largest: { one: T; bytes: bigint }[] = []
  for (const one of all) {
    const bytes = bytesOf(one)
    if (bytes === null) unknown += 1
    else {
      const exceeded = over.filter(({ quota }) => bytes > quota)
      for (const each of exceeded) each.count += 1
      if (exceeded.length > 0) largest = withLarge(largest, { one, bytes })
    }
  }
  return {
    size,
    total: all.length,
    unknown,
    over: over.map(({ bytesPerGb, count }) => ({ bytesPerGb, count })),
    largest: largest.map(({ one, bytes }) => ({ ...whoIs(one), storedBytes: String(bytes) })),
    freshness: {
      asOf: new Date(Math.min(...dated.map(({ asOf }) => asOf.getTime()))).toISOString(),
      staleReason: dated.find(({ staleReason }) => staleReason !== null)?.staleReason ?? null,
    },
  }
}

/** The largest few, the largest first; there may be a million to choose from. */
const withLarge = <S extends { bytes: bigint }>(largest: S[], next: S): S[] => {
  if (largest.length === MOST && next.bytes <= (largest.at(-1)?.bytes ?? 0n)) return largest
  const place = largest.findIndex(({ bytes }) => next.bytes > bytes)
  return largest.toSpliced(place < 0 ? largest.length : place, 0, next).slice(0, MOST)
}

/** A gateway that lists no sizes of users has those of their buckets. */
const usersIn = async ({ users: readUsers, buckets: readBuckets }: Lists): Promise<Sized<GatewayUser>> => {
  const users = await readUsers()
  const isWhole = users.users.every(({ storedBytes }) => storedBytes !== null)
  const buckets = isWhole ? null : await readBuckets().catch(() => null)
  return {
    all: users.users,
    bytesOf: ({ id, storedBytes }) => storedBytes ?? (buckets && storedIn(buckets.byOwner.get(id) ?? [])),
    whoIs: ({ id, email }) => ({ id, label: email || id }),
    dated: [users, ...(buckets ? [buckets] : [])],
  }
}

const bucketsIn = async ({ buckets: readBuckets }: Lists): Promise<Sized<GatewayBucket>> => {
  const buckets = await readBuckets()
  return {
    all: buckets.buckets,
    bytesOf: ({ storedBytes }) => storedBytes,
    whoIs: ({ name }) => ({ id: name, label: name }),
    dated: [buckets],
  }
}

import { type Settled } from '../options.ts'
import type { Clock } from './clock.ts'
import { chance, hash } from './hash.ts'
import { HOSTILE_TEXTS } from './hostile.ts'
import type { Names } from './names.ts'
import { type Curve, curveOf } from './sizes.ts'

/** A bucket; those of the generated world have a number, those made later have none. */
export type Bucket = { name: string; owner: number; number: number | undefined; curve: Curve }

/** Where the buckets of each user begin: many on a few users, none on some. */
const shareOut = ({ seed, users, buckets }: Settled): Uint32Array => {
  const weights = Float64Array.from({ length: users }, (_, at) => {
    const luck = chance(seed, 40, at)
    return at > 0 && luck < 0.15 ? 0 : 1 / (1.02 - luck)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const starts = new Uint32Array(users + 1)
  let sum = 0
  for (let at = 0; at < users; at++) {
    starts[at] = Math.floor((sum / total) * buckets)
    sum += weights[at] ?? 0
  }
  starts[users] = buckets
  return starts
}

/** All buckets. Those nobody changed are not stored: they follow from the seed and their number. */
export const createBuckets = (settings: Settled, names: Names, clock: Clock) => {
  const { seed, users, buckets: generated } = settings
  const starts = shareOut(settings)
  const removedAt = new Map<number, number>()
  const made = new Map<string, Bucket>()
  const madeBy = new Map<number, Set<string>>()
  const start = (user: number) => starts[user] ?? generated

  const ownerNumber = (bucket: number) => {
    let low = 0
    let high = users - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (start(middle) <= bucket) low = middle
      else high = middle - 1
    }
    return low
  }

  const nameOf = (owner: number, number: number) =>
    settings.hostile && number < HOSTILE_TEXTS.length
      ? `hostile ${HOSTILE_TEXTS[number] ?? ''}`
      : names.bucket(owner, number - start(owner))

  const generatedBucket = (number: number, owner = ownerNumber(number)): Bucket => ({
    name: nameOf(owner, number),
    // The system user has index 0, so the first ordinary user has index 1.
    owner: owner + 1,
    number,
    curve: curveOf(seed, number, number < settings.hugeBuckets),
  })

  const numberOf = (name: string): number | undefined => {
    if (settings.hostile && name.startsWith('hostile ')) {
      const number = HOSTILE_TEXTS.indexOf(name.slice(8))
      return number >= 0 && number < generated ? number : undefined
    }
    const place = names.placeOfBucket(name)
    if (place === undefined || place.owner >= users) return undefined
    const number = start(place.owner) + place.nth
    return number < start(place.owner + 1) && nameOf(place.owner, number) === name ? number : undefined
  }

  const find = (name: string): Bucket | undefined => {
    const number = numberOf(name)
    if (number !== undefined && !removedAt.has(number)) return generatedBucket(number)
    return made.get(name)
  }

  return {
    find,
    generated: generatedBucket,

    /** Whether a generated bucket was there at that instant. */
    existed: ({ number, curve }: Bucket, at: number) =>
      curve.createdAt <= at && at < (number === undefined ? Infinity : (removedAt.get(number) ?? Infinity)),

    /** The counter that tells a re-created bucket from the one before it, as statistics know it. */
    epoch: (number: number) => 16_384 * (1 + (hash(seed, 41, number) % 6)) + (hash(seed, 42, number) % 64),

    *all(): Generator<Bucket> {
      for (let owner = 0; owner < users; owner++) {
        for (let number = start(owner); number < start(owner + 1); number++) {
          if (!removedAt.has(number)) yield generatedBucket(number, owner)
        }
      }
      yield* made.values()
    },

    *of(user: number): Generator<Bucket> {
      if (user >= 1 && user <= users) {
        for (let number = start(user - 1); number < start(user); number++) {
          if (!removedAt.has(number)) yield generatedBucket(number, user - 1)
        }
      }
      for (const name of madeBy.get(user) ?? []) {
        const bucket = made.get(name)
        if (bucket) yield bucket
      }
    },

    create(name: string, user: number, bytes: number): Bucket {
      if (find(name)) throw new Error(`the bucket ${name} exists`)
      const curve: Curve = { createdAt: clock.now(), base: bytes, step: 0, every: 1, saw: 0 }
      const bucket: Bucket = { name, owner: user, number: undefined, curve }
      made.set(name, bucket)
      madeBy.set(user, (madeBy.get(user) ?? new Set()).add(name))
      return bucket
    },

    remove(name: string): boolean {
      const bucket = find(name)
      if (bucket?.number !== undefined) removedAt.set(bucket.number, clock.now())
      else if (bucket) {
        made.delete(name)
        madeBy.get(bucket.owner)?.delete(name)
      }
      return bucket !== undefined
    },
  }
}

export type Buckets = ReturnType<typeof createBuckets>

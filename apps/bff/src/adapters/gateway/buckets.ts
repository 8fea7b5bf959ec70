import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Calls } from './calls.ts'
import type { Spoken } from './dialect.ts'
import { asProblem, BadReply, isNoSuchOperation, refusalOf } from './failures.ts'
import { listOf } from './sinks.ts'
import { field, isWire, sizeOf, textOf, type Wire } from './wire.ts'

export type GatewayBucket = {
  name: string
  ownerId: string
  epoch: bigint | null
  createdAt: Date | null
  storedBytes: bigint | null
  peakBytes: bigint | null
  byteHours: bigint | null
  lastChangedAt: Date | null
}

const HOUR_MS = 3_600_000

const dateOf = (time: number): Date | null => {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? null : date
}

const hourOf = (hours: bigint | null): Date | null => (hours === null ? null : dateOf(Number(hours) * HOUR_MS))

const NO_SIZE: Wire = {}

const readBucket = (wire: Wire): GatewayBucket => {
  const name = textOf(field(wire, 'name'))
  const ownerId = textOf(field(wire, 'owner_id'))
  if (name === null || ownerId === null) throw new BadReply(said`a bucket has no name or no owner`)
  const given = field(wire, 'size')
  const size = isWire(given) ? given : NO_SIZE
  return {
    name,
    ownerId,
    epoch: sizeOf(field(wire, 'epoch')),
    createdAt: dateOf(Date.parse(textOf(field(wire, 'creation_date')) ?? '')),
    storedBytes: sizeOf(field(size, 'current')),
    peakBytes: sizeOf(field(size, 'hmax')),
    byteHours: sizeOf(field(size, 'h_integral')),
    lastChangedAt: hourOf(sizeOf(field(size, 'last_ts'))),
  }
}

const buckets = listOf('Buckets', readBucket)

export const bucketsOf = (calls: Calls, dialect: Spoken) => ({
  listBuckets: (): Promise<GatewayBucket[]> => calls.read('ostor-buckets', {}, 'list', buckets),

  /** The buckets of one user; none for a user that the gateway does not know. */
  async bucketsOf(userId: string): Promise<GatewayBucket[]> {
    try {
      const listed = await calls.read('ostor-buckets', { id: userId }, 'list', buckets)
      return listed.filter(({ ownerId }) => ownerId.toLowerCase() === userId.toLowerCase())
    } catch (error) {
      if (refusalOf(error)?.status === 404 && asProblem(error)?.is('gateway-refused')) return []
      throw error
    }
  },

  /**
   * One bucket, without the list of all. Throws `bucket-not-found` when the gateway says that there is none, and answers
   * `null` when it does not take the question: then only the list tells.
   */
  async getBucket(name: string): Promise<GatewayBucket | null> {
    if (!dialect.mayHave('oneBucket')) return null
    try {
      const listed = await calls.read('ostor-buckets', { bucket: name }, 'list', buckets)
      return oneOf(listed, name, dialect)
    } catch (error) {
      const refusal = refusalOf(error)
      if (!asProblem(error)?.is('gateway-refused') || !refusal) throw error
      if (refusal.told.code === 'NoSuchBucket') throw problem('bucket-not-found', {}, { cause: error })
      if (isNoSuchOperation(refusal))
        dialect.suspectMissing('oneBucket', said`The question for one bucket was refused with ${refusal.status}`)
      return null
    }
  },
})

const oneOf = (listed: GatewayBucket[], name: string, dialect: Spoken): GatewayBucket | null => {
  const [first, ...others] = listed
  // Versions that do not know the parameter pass it over and list all.
  if (others.length > 0 || (first && first.name !== name)) {
    dialect.learn('oneBucket', 'no', said`The question for one bucket was answered with others`)
    return others.find((bucket) => bucket.name === name) ?? (first?.name === name ? first : null)
  }
  if (!first) return null
  dialect.learn('oneBucket', 'yes', said`One bucket was asked for by name and came alone`)
  return first
}

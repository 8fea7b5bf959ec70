import * as z from 'zod'
import type { KeptLists as Ports } from './adapters/gateway/directory.ts'
import type { GatewayBucket, GatewayUser } from './adapters/gateway/gateway.ts'
import type { KeptLists } from './adapters/store/kept-lists.ts'

type Parts = {
  kept: KeptLists
  log: Record<'warn', (details: object, message: string) => void>
  now?: (() => Date) | undefined
  /** Whether it is this process that writes; the others only read. */
  isOurs: () => boolean
}

/** A list of a million buckets is some ten megabytes: it is written when there is something to lose, and not every half minute. */
const EVERY_MS = 300_000

const Whole = z
  .string()
  .nullable()
  .transform((text) => (text === null ? null : BigInt(text)))
const Instant = z
  .number()
  .nullable()
  .transform((time) => (time === null ? null : new Date(time)))
const State = z.enum(['enabled', 'disabled', 'unknown'])
const User = z.tuple([z.string(), z.string(), State, z.array(z.string()), z.string().nullable(), Whole])
const Bucket = z.tuple([z.string(), z.string(), Whole, Instant, Whole, Whole, Whole, Instant])

const text = (value: bigint | null): string | null => (value === null ? null : String(value))
const time = (value: Date | null): number | null => value && value.getTime()

const packUser = ({ id, email, state, flags, ownerId, storedBytes }: GatewayUser): z.input<typeof User> => [
  id,
  email,
  state,
  flags,
  ownerId,
  text(storedBytes),
]
const unpackUser = (row: unknown): GatewayUser => {
  const [id, email, state, flags, ownerId, storedBytes] = User.parse(row)
  return { id, email, state, flags, ownerId, storedBytes }
}

const packBucket = (bucket: GatewayBucket): z.input<typeof Bucket> => [
  bucket.name,
  bucket.ownerId,
  text(bucket.epoch),
  time(bucket.createdAt),
  text(bucket.storedBytes),
  text(bucket.peakBytes),
  text(bucket.byteHours),
  time(bucket.lastChangedAt),
]
const unpackBucket = (row: unknown): GatewayBucket => {
  const [name, ownerId, epoch, createdAt, storedBytes, peakBytes, byteHours, lastChangedAt] = Bucket.parse(row)
  return { name, ownerId, epoch, createdAt, storedBytes, peakBytes, byteHours, lastChangedAt }
}

export type KeptDirectory = ReturnType<typeof keptDirectory>

/** Keeps the lists of one cluster in the store, each at most every five minutes, and gives them back after a restart. */
export const keptDirectory = ({ kept, log, now = () => new Date(), isOurs }: Parts) => {
  let writing: Promise<void> = Promise.resolve()
  const writtenAt = { users: Number.NEGATIVE_INFINITY, buckets: Number.NEGATIVE_INFINITY }

  type List = keyof typeof writtenAt

  const write = <T>(list: List, asOf: Date, rows: readonly T[], toJson: (row: T) => unknown): void => {
    const at = now().getTime()
    if (!isOurs() || at - writtenAt[list] < EVERY_MS) return
    writtenAt[list] = at
    const save = async () => {
      await writing
      await kept
        .save(list, asOf, rows, toJson)
        .catch((err: unknown) => log.warn({ err, list }, 'the list is not kept for a restart'))
    }
    writing = save()
  }
  const read = <T>(list: List, fromJson: (row: unknown) => T) =>
    kept.load(list, fromJson).catch((err: unknown) => {
      log.warn({ err, list }, 'the list that was kept cannot be read')
      return null
    })

  const lists: Ports = {
    users: {
      keep: ({ asOf, users }) => write('users', asOf, users, packUser),
      recall: () => read('users', unpackUser),
    },
    buckets: {
      keep: ({ asOf, buckets }) => write('buckets', asOf, buckets, packBucket),
      recall: () => read('buckets', unpackBucket),
    },
  }
  /** Resolves when what was being written is there, so that the store can be closed. */
  return { ...lists, settled: (): Promise<void> => writing }
}

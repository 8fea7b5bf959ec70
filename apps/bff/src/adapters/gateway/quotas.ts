import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Calls } from './calls.ts'
import type { Spoken } from './dialect.ts'
import { asProblem, BadReply, refusalOf } from './failures.ts'
import type { LimitsTarget } from './limits.ts'
import { ignored, jsonOf } from './sinks.ts'
import type { Parameters } from './url.ts'
import { field, isWire } from './wire.ts'

/** One user, one bucket, or whatever has no quota of its own. */
export type QuotaTarget = LimitsTarget | { every: 'user' | 'bucket' }

export type GatewayQuota = {
  /** In the gateway's "GB"; 0 is unlimited. */
  size: number
  /** The gateway's documents say GB in one place and bytes in another. */
  isUnitKnown: boolean
  /** Bytes in one "GB", once the gateway told a size in bytes; `null` before, and when it tells it in GB again. */
  bytesPerGb: bigint | null
}

export type OnQuota = {
  /** This number was told as the quota of a user; the reading was begun at this time. */
  read: (userId: string, told: bigint, readAt: Date) => void
  /** The same for the quota of every user, or of every bucket. */
  readForAll: (of: 'user' | 'bucket', told: bigint, readAt: Date) => void
  /** It was or may have been changed. */
  changed: (userId: string, at: Date) => void
  changedForAll: (of: 'user' | 'bucket', at: Date) => void
}

type Parts = { onQuota?: OnQuota | undefined; now?: (() => Date) | undefined }

const GIB = 1n << 30n
/** What one of the "GB" that are set may be when it is read. */
const UNITS = { gb: 1n, bytes: 1_000_000_000n, 'binary-bytes': GIB } as const
const UNIT_NAMES = ['gb', 'bytes', 'binary-bytes'] as const

const selectorOf = (target: QuotaTarget): Parameters => {
  if ('every' in target) return { default: target.every }
  if ('bucket' in target) return { bucket: target.bucket }
  return target.email ? { emailAddress: target.email } : { id: target.userId }
}

const readSize = (document: unknown): bigint => {
  if (!isWire(document)) throw new BadReply(said`it holds no quota`)
  const size = field(document, 'size')
  const text = typeof size === 'number' || typeof size === 'bigint' ? String(size) : size
  if (typeof text !== 'string' || !/^\d{1,20}$/.test(text)) throw new BadReply(said`it has no number for the size`)
  return BigInt(text)
}

const inUnit = (size: bigint, unit: bigint): number => Number(size / unit) + Number(size % unit) / Number(unit)

const notFound = (error: unknown): never => {
  const refusal = refusalOf(error)
  if (!asProblem(error)?.is('gateway-refused') || !refusal) throw error
  if (refusal.told.code === 'NoSuchUser') throw problem('user-not-found', {}, { cause: error })
  if (refusal.told.code === 'NoSuchBucket') throw problem('bucket-not-found', {}, { cause: error })
  throw error
}

type Ways = Pick<Spoken, 'is'>

const unitNameOf = (dialect: Ways) => UNIT_NAMES.find((each) => dialect.is('quotaUnit', each))

/** What a number that was told means, as far as the unit is known. */
export const quotaMeaning = (told: bigint, dialect: Ways): GatewayQuota => {
  const name = unitNameOf(dialect)
  const unit = name && UNITS[name]
  const bytesPerGb = unit === undefined || unit === 1n ? null : unit
  if (told === 0n) return { size: 0, isUnitKnown: true, bytesPerGb }
  if (unit !== undefined) return { size: inUnit(told, unit), isUnitKnown: true, bytesPerGb }
  const guess = told < GIB ? 1n : told % GIB === 0n ? GIB : 1_000_000_000n
  return { size: inUnit(told, guess), isUnitKnown: false, bytesPerGb }
}

const BYTES_PER_TOLD = { gb: [1_000_000_000, 2 ** 30], bytes: [1], 'binary-bytes': [1] }

/** How many bytes a number that is told may count, the least first; `null` while nobody can say. */
export const bytesPerTold = (dialect: Ways): readonly number[] | null => {
  const name = unitNameOf(dialect)
  return name === undefined ? null : BYTES_PER_TOLD[name]
}

export const quotasOf = (calls: Calls, dialect: Spoken, { onQuota, now = () => new Date() }: Parts = {}) => {
  const learnUnit = (size: bigint, written: number): void => {
    const name = UNIT_NAMES.find((each) => BigInt(written) * UNITS[each] === size)
    if (name) dialect.learn('quotaUnit', name, said`A quota was set and read back`)
  }

  const tellChanged = (target: QuotaTarget): void => {
    if ('userId' in target) onQuota?.changed(target.userId, now())
    if ('every' in target) onQuota?.changedForAll(target.every, now())
  }

  return {
    /** `written` is what was just set: it tells the unit once the reading fits it. */
    async getQuota(target: QuotaTarget, written?: number): Promise<GatewayQuota> {
      const readAt = now()
      const size = await calls.readOrDenied('ostor-quotas', selectorOf(target), 'one', jsonOf(readSize)).catch(notFound)
      dialect.learn('quotas', 'yes', said`A quota was read`)
      if (written) learnUnit(size, written)
      if ('userId' in target) onQuota?.read(target.userId, size, readAt)
      if ('every' in target) onQuota?.readForAll(target.every, size, readAt)
      return quotaMeaning(size, dialect)
    },

    /** Sends it once; 0 removes the quota. */
    async setQuota(target: QuotaTarget, size: number): Promise<void> {
      const selector = selectorOf(target)
      const sent =
        size === 0
          ? calls.write('DELETE', 'ostor-quotas', selector, ignored)
          : calls.write('PUT', 'ostor-quotas', { ...selector, 'quota-size': String(size) }, ignored)
      await sent.then(
        () => tellChanged(target),
        (error: unknown) => {
          if (asProblem(error)?.is('outcome-unknown')) tellChanged(target)
          return notFound(error)
        },
      )
    },
  }
}

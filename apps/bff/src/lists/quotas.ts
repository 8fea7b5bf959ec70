import type { GatewayQuota } from '../adapters/gateway/gateway.ts'
import type { ToldQuota } from '../adapters/store/user-quotas.ts'

/** What is known of the quotas of users. Another object after a change, so that what was made of it can be kept beside it. */
export type QuotasByUser = {
  byUser: ReadonlyMap<string, ToldQuota>
  meaningOf: (told: bigint) => GatewayQuota
  /** How many bytes a number that is told may count, the least first; `null` while nobody can say. */
  bytesPerTold: readonly number[] | null
}

/** Why a quota may not be known: it is not its turn yet, none is read here, or the gateway does not tell. */
export type QuotaReading = 'reading' | 'off' | 'failing'

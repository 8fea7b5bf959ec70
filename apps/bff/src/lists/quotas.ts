import type { GatewayQuota } from '../adapters/gateway/gateway.ts'
import type { ToldQuota } from '../adapters/store/user-quotas.ts'

/** What is known of the quotas of users. Another object after a change, so that what was made of it can be kept beside it. */
export type QuotasByUser = {
  byUser: ReadonlyMap<string, ToldQuota>
  meaningOf: (told: bigint) => GatewayQuota
  /** How many bytes a number that is told may count, the least first; `null` while nobody can say. */
  bytesPerTold: readonly number[] | null
}

/** For whoever may not see quotas. */
export const HIDDEN_QUOTAS: QuotasByUser = {
  byUser: new Map(),
  meaningOf: () => ({ size: 0, isUnitKnown: false, bytesPerGb: null }),
  bytesPerTold: null,
}

/** Why a quota may not be known: not its turn yet, none is read here, the gateway does not tell, or whoever asks may not see it. */
export type QuotaReading = 'reading' | 'off' | 'failing' | 'role'

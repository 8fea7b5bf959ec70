import { bucketsOf } from './buckets.ts'
import { callsTo, type GatewayConfig, type GatewayParts } from './calls.ts'
import { keysOf } from './keys.ts'
import { limitsOf } from './limits.ts'
import { quotasOf } from './quotas.ts'
import { statisticsOf } from './statistics.ts'
import { usersOf } from './users.ts'

export type { GatewayBucket } from './buckets.ts'
export type { GatewayConfig, GatewayParts, Seen } from './calls.ts'
export type { LimitsGroup, LimitsTarget } from './limits.ts'
export type { GatewayLimits } from './limits-reader.ts'
export type { GatewayQuota, QuotaTarget } from './quotas.ts'
export type { StatisticsBody, StatisticsRead, StatisticsRow } from './statistics-reader.ts'
export type { GatewayUser, GatewayUserDetail, KeyPair, ListedUser } from './user-reader.ts'

export type Gateway = ReturnType<typeof createGateway>

/** All that the console asks of one gateway. Failures leave as a ProblemError; no write is ever sent twice. */
export const createGateway = (config: GatewayConfig, parts: GatewayParts = {}) => {
  const calls = callsTo(config, parts)
  return {
    ...usersOf(calls),
    ...keysOf(calls),
    ...limitsOf(calls),
    ...quotasOf(calls),
    ...bucketsOf(calls),
    ...statisticsOf(calls),
    /** One cheap call that shows whether the gateway answers and takes our key. */
    ping: calls.ping,
    /** Shows each exchange to `watcher`; returns the end of it. */
    watch: calls.watch,
    close: calls.close,
  }
}

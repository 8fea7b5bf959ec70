import { accountsOf } from './accounts.ts'
import { bucketsOf } from './buckets.ts'
import { type GatewayParts as CallParts, callsTo, type GatewayConfig } from './calls.ts'
import { createDialect, type Spoken } from './dialect.ts'
import { keysOf } from './keys.ts'
import { limitsOf } from './limits.ts'
import { type OnQuota, quotasOf } from './quotas.ts'
import { replicationOf } from './replication.ts'
import { statisticsOf } from './statistics.ts'
import { usersOf } from './users.ts'

export type { GatewayBucket } from './buckets.ts'
export type { GatewayConfig, Seen } from './calls.ts'
export type { LimitsTarget } from './limits.ts'
export type { GatewayLimits } from './limits-reader.ts'
export type { GatewayQuota, QuotaTarget } from './quotas.ts'
export type { StatisticsRow } from './statistics-reader.ts'
export type { GatewayUser, GatewayUserDetail, ListedUser } from './user-reader.ts'

export type GatewayParts = CallParts & { dialect?: Spoken; onQuota?: OnQuota }
export type Gateway = ReturnType<typeof createGateway>

/** All that the console asks of one gateway. Failures leave as a ProblemError; no write is ever sent twice. */
export const createGateway = (config: GatewayConfig, parts: GatewayParts = {}) => {
  const calls = callsTo(config, parts)
  const { dialect = createDialect(parts), onQuota, now } = parts
  return {
    ...usersOf(calls, dialect),
    ...keysOf(calls, dialect),
    ...accountsOf(calls),
    ...limitsOf(calls, dialect),
    ...quotasOf(calls, dialect, { onQuota, now }),
    ...bucketsOf(calls, dialect),
    ...replicationOf(calls, dialect),
    ...statisticsOf(calls),
    /** What its answers taught of its version and its ways. */
    dialect: dialect.facts,
    /** One cheap call that shows whether the gateway answers and takes our key. */
    ping: calls.ping,
    /** Shows each exchange to `watcher`; returns the end of it. */
    watch: calls.watch,
    async close(): Promise<void> {
      await calls.close()
      await dialect.settled()
    },
  }
}

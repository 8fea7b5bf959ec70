import { createDialect } from '../src/adapters/gateway/dialect.ts'
import { createDirectory } from '../src/adapters/gateway/directory.ts'
import { createGateway } from '../src/adapters/gateway/gateway.ts'
import { bytesPerTold, quotaMeaning } from '../src/adapters/gateway/quotas.ts'
import { Secret } from '../src/adapters/gateway/secret.ts'
import { userQuotasOf } from '../src/adapters/store/user-quotas.ts'
import { createKnownQuotas } from '../src/features/quotas/known-quotas.ts'
import { createQuotaReader } from '../src/features/quotas/quota-reader.ts'
import { simulated } from './simulated-gateway.ts'
import { emptyStore } from './stores.ts'
import { testClock } from './test-clock.ts'

export const START = Date.UTC(2026, 10, 29, 12)
const QUIET = { warn: () => {} }

/** A reader before a simulator, over a store that outlives it. */
export const quotaReading = async (users = 5) => {
  const clock = testClock(START)
  const store = await emptyStore('duckdb')
  const now = clock.now
  const { simulator, gateway: asked } = await simulated({ users, now: now().toISOString() }, {}, { now })
  simulator.control.clock.freeze()
  const kept = userQuotasOf(store, 'demo', simulator.endpoint)
  const config = {
    endpoint: simulator.endpoint,
    accessKeyId: simulator.accessKeyId,
    secretAccessKey: Secret.of(simulator.secretAccessKey),
    signature: 'v2' as const,
    region: 'us-east-1',
  }
  const directory = createDirectory(asked, { now })
  const later = (ms: number): void => {
    clock.later(ms)
    simulator.control.clock.setNow(now())
  }

  const open = (isOurs = true) => {
    const dialect = createDialect({})
    const quotas = createKnownQuotas({
      kept,
      meaningOf: (told) => quotaMeaning(told, dialect),
      bytesPerTold: () => bytesPerTold(dialect),
      now,
      elapsedMs: clock.elapsedMs,
    })
    const gateway = createGateway(config, { now, random: () => 0, dialect, onQuota: quotas })
    const reader = createQuotaReader({
      cluster: { id: 'demo' },
      directory,
      gateway,
      quotas,
      log: QUIET,
      now,
      isOurs: () => isOurs,
    })
    return { quotas, gateway, reader, sizeOf: (userId: string) => quotas.now().byUser.get(userId)?.told }
  }

  /** For the quotas of how many users the gateway was asked since the last time. */
  const askedFor = (): number => {
    const calls = simulator.control.calls().filter(({ url }) => /ostor-quotas.*(id|emailAddress)=/.test(url))
    simulator.control.clearCalls()
    return calls.length
  }
  const all = simulator.control.oracle.users()
  const target = (n: number) => ({ userId: all[n]?.id ?? '', email: null })
  return { later, now, simulator, open, askedFor, all, target }
}

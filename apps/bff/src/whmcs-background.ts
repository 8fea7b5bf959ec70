import { randomUUID } from 'node:crypto'
import { said } from '@ostor-console/shared/said'
import type { Audit } from './adapters/store/audit.ts'
import { clientLinksOf } from './adapters/store/client-links.ts'
import { clientStandingsOf } from './adapters/store/client-standings.ts'
import { createLease } from './adapters/store/lease.ts'
import { messageSendingOf } from './adapters/store/message-sending.ts'
import type { Store } from './adapters/store/store.ts'
import { saveWhmcsFacts } from './adapters/store/whmcs-facts.ts'
import type { Clusters } from './clusters.ts'
import type { WhmcsConfig } from './config-whmcs.ts'
import { deliveryOf } from './whmcs-delivery.ts'
import type { WhmcsParts } from './whmcs-open.ts'
import { createWhmcsSync } from './whmcs-sync.ts'
import { createWhmcsWorker } from './whmcs-worker.ts'

type Parts = {
  config: WhmcsConfig | null
  whmcs: WhmcsParts
  store: Store
  clusters: Clusters
  audit: Pick<Audit, 'record'>
  log: Record<'info' | 'warn' | 'error', (details: object, message: string) => void>
  now?: () => Date
}

const ACCEPTED = said`WHMCS_ACCEPT_SECRETS_IN_NOTES says that secret keys of customers may stand in notes at WHMCS`

/** What is done about WHMCS beside the requests, by one of several processes. */
export const whmcsBackground = ({ config, whmcs, store, clusters, audit, log, now = () => new Date() }: Parts) => {
  const { mode, api, notes } = whmcs
  const holder = randomUUID()
  const lease = createLease({ store, name: 'whmcs', holder, log })
  const links = clientLinksOf(store)
  const linkFieldId = config?.linkFieldId ?? null

  /** What the mode `compat` writes into a note. */
  const secretOf = async ({ cluster, userId, keyId }: { cluster: string; userId: string; keyId: string }) =>
    clusters.get(cluster).gateway.secretOf(userId, keyId)

  const worker = () => {
    // The addon comes for its messages itself.
    if (!api || mode === 'addon') return []
    return [
      createWhmcsWorker({
        sending: messageSendingOf(store, { holder, now }),
        deliver: deliveryOf({ mode, whmcs: api, notes, linkFieldId, links, secretOf, now }),
        probe: () => api.describe(),
        parallel: config?.api?.maxParallel ?? 1,
        log,
        now,
        isOurs: lease.isHeld,
        isAlone: store.engine === 'duckdb',
      }),
    ]
  }

  const sync = () => {
    if (!api || !config) return []
    const standings = clientStandingsOf(store)
    const { syncIntervalMs: intervalMs } = config
    return [createWhmcsSync({ whmcs: api, links, standings, intervalMs, log, now, isOurs: lease.isHeld })]
  }

  const work = [...worker(), ...sync()]

  return {
    /** From now on changes are told as the settings say. That WHMCS is told otherwise than before stands in the audit. */
    async begin(): Promise<void> {
      const before = await saveWhmcsFacts(store, { mode, linkFieldId })
      // Also where no worker begins: the addon comes for what an earlier mode could not deliver.
      if (mode === 'addon') await messageSendingOf(store, { holder, now }).restart()
      if (before.mode === mode) return
      const entry = { actor: 'settings', action: 'whmcs.mode', target: 'WHMCS', outcome: 'done' } as const
      const detail = mode === 'compat' ? ACCEPTED : null
      await audit.record({ ...entry, before: { mode: before.mode }, after: { mode }, detail })
    },

    async start(): Promise<void> {
      if (work.length === 0) return
      await lease.start()
      for (const { start } of work) void start()
    },

    /** All of it once, now. */
    async round(): Promise<void> {
      for (const { round } of work) await round()
    },

    /** What is being sent is awaited. */
    async stop(): Promise<void> {
      await Promise.allSettled(work.map(({ stop }) => stop()))
      await lease.stop()
      await Promise.allSettled([api?.close(), notes?.close()])
    },
  }
}

import type { WhmcsMode } from '@ostor-console/shared/whmcs'
import { whmcsNotesOf } from './adapters/whmcs/notes.ts'
import { whmcsOf } from './adapters/whmcs/open-whmcs.ts'
import type { Whmcs, WhmcsNotes } from './adapters/whmcs/whmcs.ts'
import type { WhmcsConfig } from './config-whmcs.ts'
import { createWhmcsHealth, type WhmcsHealth } from './whmcs-health.ts'

/** What the console has of WHMCS. */
export type WhmcsParts = {
  mode: WhmcsMode
  /** `null` where its API is not set up. */
  api: Whmcs | null
  /** Scheme, host and port of its API. */
  address: string | null
  /** `null` where its database is not set up. */
  notes: WhmcsNotes | null
  /** Of its admin area, without a slash at the end. */
  adminUrl: string | null
  health: WhmcsHealth
}

type Log = Record<'warn', (details: object, message: string) => void>

/** Where WHMCS is off. */
export const withoutWhmcs = (now: () => Date): WhmcsParts => ({
  mode: 'off',
  api: null,
  address: null,
  notes: null,
  adminUrl: null,
  health: createWhmcsHealth({ isOff: true, needs: { linkField: false, usage: false, database: false }, now }),
})

/** Opens what the settings name, and watches how the console and WHMCS get on. Nothing is asked yet. */
export const openWhmcs = (config: WhmcsConfig, { log, now }: { log: Log; now: () => Date }): WhmcsParts => {
  const { mode, api, database, adminUrl, linkFieldId, usagePush } = config
  const health = createWhmcsHealth({
    isOff: false,
    needs: { linkField: linkFieldId !== null, usage: usagePush === 'product', database: database !== null },
    now,
  })
  return {
    mode,
    api: api && health.watch(whmcsOf(api, { log })),
    address: api?.url.origin ?? null,
    notes: database && health.watchNotes(whmcsNotesOf(database)),
    adminUrl,
    health,
  }
}

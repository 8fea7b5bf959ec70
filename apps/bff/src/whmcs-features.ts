import type { FastifyInstance } from 'fastify'
import type { Audit } from './adapters/store/audit.ts'
import { clientLinksOf } from './adapters/store/client-links.ts'
import { clientStandingsOf } from './adapters/store/client-standings.ts'
import { messagesOf } from './adapters/store/messages.ts'
import type { Store } from './adapters/store/store.ts'
import type { Whmcs, WhmcsNotes } from './adapters/whmcs/whmcs.ts'
import type { Clusters } from './clusters.ts'
import { knownClient } from './features/clients/client-detail.ts'
import { clients } from './features/clients/clients.routes.ts'
import { fieldsOf } from './features/clients/link-client.ts'
import { drift } from './features/whmcs/drift.ts'
import { oldSecrets } from './features/whmcs/old-secrets.ts'

/** What the console has of WHMCS. */
export type WhmcsParts = {
  /** `null` where its API is not set up. */
  api: Whmcs | null
  /** `null` in all modes but `database`. */
  notes: WhmcsNotes | null
  /** Of its admin area, without a slash at the end. */
  adminUrl: string | null
}
type Parts = { whmcs: WhmcsParts | null; store: Store; clusters: Clusters; audit: Audit; now: () => Date }

const OFF: WhmcsParts = { api: null, notes: null, adminUrl: null }

/** What is about WHMCS, of several features. */
export const whmcsFeaturesOf = ({ whmcs, store, clusters: known, audit, now }: Parts) => {
  const { api, notes, adminUrl } = whmcs ?? OFF
  const links = clientLinksOf(store)
  const messages = messagesOf(store, { now })
  const ports = { whmcs: api, links, messages, clusters: known, adminUrl, now }
  return {
    /** What the audit says of a client; throws `client-not-found`. */
    clientFields: async (clientId: number): Promise<Record<string, string>> =>
      fieldsOf(clientId, (await knownClient(ports, clientId)).client),

    routes: async (app: FastifyInstance): Promise<void> => {
      await app.register(clients, ports)
      await app.register(drift, { links, standings: clientStandingsOf(store), clusters: known })
      await app.register(oldSecrets, { notes, links, clusters: known, audit })
    },
  }
}

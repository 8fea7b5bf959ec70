import type { AuditFields } from '@ostor-console/shared/audit-fields'
import type { FastifyInstance } from 'fastify'
import { addonContactOf } from './adapters/store/addon-contact.ts'
import type { Audit } from './adapters/store/audit.ts'
import { clientLinksOf } from './adapters/store/client-links.ts'
import { clientStandingsOf } from './adapters/store/client-standings.ts'
import { messagesOf } from './adapters/store/messages.ts'
import type { Store } from './adapters/store/store.ts'
import type { Clusters } from './clusters.ts'
import { knownClient } from './features/clients/client-detail.ts'
import { clients } from './features/clients/clients.routes.ts'
import { fieldsOf } from './features/clients/link-client.ts'
import { messages as queue } from './features/messages/messages.routes.ts'
import { drift } from './features/whmcs/drift.ts'
import { oldSecrets } from './features/whmcs/old-secrets.ts'
import { whmcsStatus } from './features/whmcs/status.ts'
import type { WhmcsParts } from './whmcs-open.ts'

type Parts = { whmcs: WhmcsParts; store: Store; clusters: Clusters; audit: Audit; now: () => Date }

/** What is about WHMCS, of several features. */
export const whmcsFeaturesOf = ({ whmcs, store, clusters: known, audit, now }: Parts) => {
  const { mode, api, address, notes, adminUrl, health } = whmcs
  const links = clientLinksOf(store)
  const messages = messagesOf(store, { now })
  const ports = { whmcs: api, links, audit, messages, clusters: known, adminUrl, now }
  return {
    /** What the audit says of a client; throws `client-not-found`. */
    clientFields: async (clientId: number): Promise<AuditFields> =>
      fieldsOf(clientId, (await knownClient(ports, clientId)).client),

    routes: async (app: FastifyInstance): Promise<void> => {
      await app.register(whmcsStatus, {
        mode,
        address,
        health,
        whmcs: api,
        notes,
        messages,
        contact: addonContactOf(store),
        audit,
      })
      await app.register(queue, { messages, audit })
      await app.register(clients, ports)
      await app.register(drift, { links, standings: clientStandingsOf(store), clusters: known })
      await app.register(oldSecrets, { notes, links, clusters: known, audit })
    },
  }
}

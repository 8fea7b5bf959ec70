import { type AddonResult, type AddonTask, whmcsAddonRoutes } from '@ostor-console/shared/whmcs-addon'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Secret } from '../../adapters/gateway/secret.ts'
import type { AddonContact } from '../../adapters/store/addon-contact.ts'
import type { ClientLinks } from '../../adapters/store/client-links.ts'
import type { MessagePull, Pulled } from '../../adapters/store/message-pull.ts'
import type { SingleSignOns } from '../../adapters/store/single-sign-ons.ts'
import { parse } from '../../plugins/strict-json.ts'
import type { AddonFigures } from './figures.ts'
import { checkBody, requireSignature } from './signed.ts'

type Ports = {
  keys: readonly { id: string; secret: Secret }[]
  messages: MessagePull
  links: Pick<ClientLinks, 'ofClients'>
  contact: Pick<AddonContact, 'seen'>
  figures: AddonFigures
  identities: Pick<SingleSignOns, 'use'>
  now: () => Date
}

const WHY = 'The addon did not say why'

/** For the addon inside WHMCS, which signs each request; there is no person behind it, and it can do nothing else. */
export const whmcsAddon: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { messages, links, contact, figures, now } = ports
  const { queue, report, panel, usage } = whmcsAddonRoutes

  app.addHook('onRequest', requireSignature(ports))
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    checkBody(request, body)
    return parse(body)
  })

  /** What the field is to hold is what is true when it is set. */
  const taskOf = async (pulled: Pulled): Promise<AddonTask> => {
    if (pulled.kind !== 'link.set') return { ...pulled, value: null }
    const users = await links.ofClients([pulled.clientId])
    return { ...pulled, value: users.map(({ userId }) => userId).join(', ') }
  }

  const settle = (clientId: number | undefined, { id, outcome, noteId, detail }: AddonResult): Promise<boolean> => {
    if (clientId === undefined) return Promise.resolve(false)
    const how = outcome === 'done' ? { is: outcome, noteId: noteId || null } : { is: outcome, detail: detail ?? WHY }
    return messages.settle({ id, clientId }, how)
  }

  app.route({
    ...queue,
    config: { ...queue.config, outside: 'signed' },
    schema: { ...queue.schema, hide: true },
    handler: async () => ({ items: await Promise.all((await messages.waiting()).map(taskOf)) }),
  })

  app.route({
    ...report,
    config: { ...report.config, outside: 'signed' },
    schema: { ...report.schema, hide: true },
    handler: async ({ body: { results } }) => {
      await contact.seen(now())
      const clients = await messages.clientsOf(results.map(({ id }) => id))
      let taken = 0
      // In order, since each is taken only when it is the next one of its client.
      for (const result of results) if (await settle(clients.get(result.id), result)) taken += 1
      return { taken }
    },
  })

  app.route({
    ...panel,
    config: { ...panel.config, outside: 'signed' },
    schema: { ...panel.schema, hide: true },
    handler: ({ query: { clientId } }) => figures.panel(clientId),
  })

  app.route({
    ...usage,
    config: { ...usage.config, outside: 'signed' },
    schema: { ...usage.schema, hide: true },
    handler: () => figures.usage(),
  })
}

import { said } from '@ostor-console/shared/said'
import { type AddonResult, type AddonTask, whmcsAddonRoutes } from '@ostor-console/shared/whmcs-addon'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Secret } from '../../adapters/gateway/secret.ts'
import type { AddonContact } from '../../adapters/store/addon-contact.ts'
import type { ClientLinks } from '../../adapters/store/client-links.ts'
import type { MessagePull, Pulled, PulledOutcome } from '../../adapters/store/message-pull.ts'
import type { Messages } from '../../adapters/store/messages.ts'
import type { SingleSignOns } from '../../adapters/store/single-sign-ons.ts'
import { parse } from '../../plugins/strict-json.ts'
import type { AddonFigures } from './figures.ts'
import { checkBody, requireSignature } from './signed.ts'

type Ports = {
  keys: readonly { id: string; secret: Secret }[]
  messages: MessagePull
  all: Pick<Messages, 'summary'>
  links: Pick<ClientLinks, 'ofClients'>
  contact: Pick<AddonContact, 'seen'>
  figures: AddonFigures
  identities: Pick<SingleSignOns, 'use'>
  now: () => Date
}

const WHY = said`The addon did not say why`

/** For the addon inside WHMCS, which signs each request; there is no person behind it, and it can do nothing else. */
export const whmcsAddon: FastifyPluginAsyncZod<Ports> = async (app, ports) => {
  const { messages, all, links, contact, figures, now } = ports
  const { queue, take, report, panel, usage } = whmcsAddonRoutes

  app.addHook('onRequest', requireSignature(ports))
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    checkBody(request, body)
    return parse(body)
  })

  /** What the field is to hold is what is true when it is set. */
  const taskOf = async ({ payload, ...pulled }: Pulled): Promise<AddonTask> => {
    const { kind } = payload
    const task = { ...pulled, kind, value: null, service: null, lines: null }
    if (kind === 'usage.set') {
      const { serviceId: id, diskMegabytes, trafficMegabytes } = payload
      return { ...task, service: { id, diskMegabytes, trafficMegabytes } }
    }
    if (kind === 'invoice.draft')
      return { ...task, lines: payload.lines.map(({ description, amount }) => ({ description, amount })) }
    if (kind !== 'link.set') return task
    const users = await links.ofClients([pulled.clientId])
    return { ...task, value: users.map(({ userId }) => userId).join(', ') }
  }

  app.route({
    ...queue,
    config: { ...queue.config, outside: 'signed' },
    schema: { ...queue.schema, hide: true },
    handler: async () => ({ waiting: (await all.summary()).waiting }),
  })

  app.route({
    ...take,
    config: { ...take.config, outside: 'signed' },
    schema: { ...take.schema, hide: true },
    handler: async () => {
      await contact.seen(now())
      return { items: await Promise.all((await messages.take()).map(taskOf)) }
    },
  })

  app.route({
    ...report,
    config: { ...report.config, outside: 'signed' },
    schema: { ...report.schema, hide: true },
    handler: async ({ body: { results } }) => {
      let taken = 0
      for (const result of results) if (await messages.settle(result.id, outcomeOf(result))) taken += 1
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

const outcomeOf = ({ outcome, noteId, detail = WHY }: AddonResult): PulledOutcome =>
  outcome === 'done' ? { is: outcome, noteId: noteId || null } : { is: outcome, detail }

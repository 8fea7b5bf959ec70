import type { Action } from '@ostor-console/shared/audit'
import { type Message, messagesRoutes } from '@ostor-console/shared/messages'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Messages } from '../../adapters/store/messages.ts'

type Options = { messages: Messages; audit: Pick<Audit, 'record'> }

const PAGE_SIZE = 50

/** What WHMCS is to be told: people see it, and decide about what does not go by itself. */
export const messages: FastifyPluginAsyncZod<Options> = async (app, { messages: queue, audit }) => {
  const note = async ({ actor, ip: address }: FastifyRequest, action: Action, message: Message, detail?: string) => {
    const { id, kind, clientId, cluster, userId } = message
    const after = { message: id, kind, clientId: String(clientId) }
    const about = { target: `client ${clientId}`, cluster, userId, after, address }
    await audit.record({ ...about, actor, action, outcome: 'done', detail: detail ?? null })
    return message
  }

  app.route({
    ...messagesRoutes.list,
    handler: ({ query: { show = 'undelivered', clientId, page = 1 } }) =>
      queue.list({ show, clientId, page, pageSize: PAGE_SIZE }),
  })

  app.route({
    ...messagesRoutes.retry,
    handler: async (request) => note(request, 'whmcs.retry', await queue.retry(request.params.id)),
  })

  app.route({
    ...messagesRoutes.cancel,
    handler: async (request) => {
      const { reason } = request.body
      const message = await queue.cancel(request.params.id, { by: request.actor, reason })
      return note(request, 'whmcs.cancel', message, reason)
    },
  })

  app.route({
    ...messagesRoutes.settle,
    handler: async (request) => {
      const { hasArrived, reason } = request.body
      const message = await queue.settle(request.params.id, { hasArrived, by: request.actor, reason })
      return note(
        request,
        'whmcs.settle',
        message,
        `${hasArrived ? said`It had arrived` : said`It had not arrived`}: ${reason}`,
      )
    },
  })
}

import { adminsRoutes, type OpenSession } from '@ostor-console/shared/admins'
import { problem } from '@ostor-console/shared/problem'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Audit } from '../../adapters/store/audit.ts'
import type { SessionRecord, Sessions } from '../../adapters/store/sessions.ts'

type Ports = { sessions: Sessions; audit: Pick<Audit, 'record'> }

/** Where an admin is signed in, and how to end it from here. */
export const ownSessions: FastifyPluginAsyncZod<Ports> = async (app, { sessions, audit }) => {
  const list = async ({ admin, session }: FastifyRequest): Promise<{ items: OpenSession[] }> => {
    const items = await sessions.listOf(admin.id, session.sessionId)
    return { items: items.map(viewOf) }
  }

  const note = async ({ admin, ip: address }: FastifyRequest): Promise<void> => {
    const { email } = admin
    await audit.record({ actor: email, action: 'session.end', target: email, outcome: 'done', address })
  }

  app.route({ ...adminsRoutes.ownSessions, handler: list })

  app.route({
    ...adminsRoutes.endOwnSession,
    handler: async (request) => {
      if (!(await sessions.endOf(request.admin.id, request.params.sessionId))) throw problem('session-not-found')
      await note(request)
      return list(request)
    },
  })

  app.route({
    ...adminsRoutes.endOtherSessions,
    handler: async (request) => {
      await sessions.endOthersOf(request.admin.id, request.session.sessionId)
      await note(request)
      return list(request)
    },
  })
}

const viewOf = ({ startedAt, lastSeenAt, endsAt, ...session }: SessionRecord): OpenSession => ({
  ...session,
  startedAt: startedAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  endsAt: endsAt.toISOString(),
})

import { problem } from '@ostor-console/shared/problem'
import { may, ROLES, type Verb, whoMay } from '@ostor-console/shared/roles'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Audit } from '../adapters/store/audit.ts'
import { PROOF_MS } from './session.ts'

/** No operation that somebody can ask for is without a verb and a scope; a route of pages and probes is hidden from the description. */
export const declaredVerbs = fp(
  async (app) => {
    app.addHook('onRoute', ({ url, method, config, schema }) => {
      if (schema?.hide) return
      if (config?.verb === undefined) throw new Error(`${String(method)} ${url} declares no verb`)
      if (config.scope === undefined) throw new Error(`${String(method)} ${url} declares no scope`)
    })
  },
  { name: 'declared-verbs' },
)

/** Refuses what the role of the admin does not allow, and what needs a proof that is older than ten minutes. */
export const access = fp(
  async (app, { audit, now }: { audit: Pick<Audit, 'record'>; now: () => Date }) => {
    app.addHook('onRequest', async (request) => {
      const { verb, sudo } = request.routeOptions.config
      if (verb === undefined || verb === 'anyone' || verb === 'signed-in') return
      if (!may(request.admin.role, verb)) await noteRefusal(audit, request, `as ${request.admin.role}`)
      requireVerb(request, verb)
      if (sudo && !isProved(request)) throw problem('proof-required')
    })

    const isProved = ({ session }: FastifyRequest): boolean =>
      now().getTime() - (session.provedAt ?? 0) < PROOF_MS && now().getTime() >= (session.provedAt ?? 0)
  },
  { name: 'access', dependencies: ['sessions'] },
)

/** A page that only reads asks for many things; what is written down is who tried to change something. */
export const noteRefusal = async (
  audit: Pick<Audit, 'record'>,
  { method, admin, ip: address, routeOptions }: FastifyRequest,
  detail: string,
): Promise<void> => {
  if (method === 'GET' || method === 'HEAD') return
  const { verb: target = '' } = routeOptions.config
  const of = { actor: admin.email, action: 'access.refused', target, address } as const
  await audit.record({ ...of, outcome: 'refused', detail })
}

/** For what a route alone does not tell. */
export const requireVerb = (request: FastifyRequest, verb: Verb): void => {
  if (!may(request.admin.role, verb)) throw problem('not-allowed', { detail: refusalOf(request, verb) })
}

const refusalOf = ({ admin }: FastifyRequest, verb: Verb): string =>
  `You are signed in as ${ROLES[admin.role].title}; this takes ${whoMay(verb)}. Ask an admin of the console.`

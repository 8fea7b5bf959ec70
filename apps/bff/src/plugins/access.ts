import { problem } from '@ostor-console/shared/problem'
import { may, ROLES, type Verb, whoMay } from '@ostor-console/shared/roles'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Audit } from '../adapters/store/audit.ts'
import { PROOF_MS } from './session.ts'

/** No operation that somebody can ask for is without a verb; a route of pages and probes is hidden from the description. */
export const declaredVerbs = fp(
  async (app) => {
    app.addHook('onRoute', ({ url, method, config, schema }) => {
      if (config?.verb === undefined && !schema?.hide) throw new Error(`${String(method)} ${url} declares no verb`)
    })
  },
  { name: 'declared-verbs' },
)

/** Refuses what the role of the admin does not allow, and what needs a proof that is older than ten minutes. */
export const access = fp(
  async (app, { audit, now }: { audit: Pick<Audit, 'record'>; now: () => Date }) => {
    app.addHook('onRequest', async (request) => {
      const { verb, sudo } = request.routeOptions.config
      if (verb === undefined || verb === 'anyone') return
      if (verb !== 'signed-in') {
        if (!may(request.admin.role, verb)) await note(request, verb)
        requireVerb(request, verb)
      }
      if (sudo) requireProof(request, now())
    })

    /** A page that only reads asks for many things; what is written down is who tried to change something. */
    const note = async ({ method, admin, ip: address }: FastifyRequest, verb: Verb): Promise<void> => {
      if (method === 'GET' || method === 'HEAD') return
      const { email: actor } = admin
      await audit.record({
        actor,
        action: 'access.refused',
        target: verb,
        outcome: 'refused',
        address,
        detail: `as ${admin.role}`,
      })
    }
  },
  { name: 'access', dependencies: ['sessions'] },
)

/** For what a route alone does not tell: refuses whoever has not proved within ten minutes who they are. */
export const requireProof = ({ session: { provedAt = 0 } }: FastifyRequest, now: Date): void => {
  const age = now.getTime() - provedAt
  if (age < 0 || age >= PROOF_MS) throw problem('proof-required')
}

/** For what a route alone does not tell. */
export const requireVerb = (request: FastifyRequest, verb: Verb): void => {
  if (!may(request.admin.role, verb)) throw problem('not-allowed', { detail: refusalOf(request, verb) })
}

const refusalOf = ({ admin }: FastifyRequest, verb: Verb): string =>
  `You are signed in as ${ROLES[admin.role].title}; this takes ${whoMay(verb)}. Ask an admin of the console.`

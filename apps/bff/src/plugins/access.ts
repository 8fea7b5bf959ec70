import { problem } from '@ostor-console/shared/problem'
import { isTokenVerb, may, type Verb } from '@ostor-console/shared/roles'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest, Session as FastifySession } from 'fastify'
import fp from 'fastify-plugin'
import type { Audit } from '../adapters/store/audit.ts'
import { OWNER_IS, SIGNED_IN_AS, takes } from './role-sentences.ts'
import { createSeldom } from './seldom.ts'
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

/** A script that is refused asks again all night. */
const OF_TOKENS = { everyMs: 3_600_000, most: 200 }

type Ports = {
  audit: Pick<Audit, 'record'>
  owesSecondStep: (session: FastifySession) => Promise<boolean>
  now: () => Date
}

declare module 'fastify' {
  interface FastifyInstance {
    /** A page that only reads asks for many things; what is written down is who tried to change something. */
    noteRefusal(request: FastifyRequest, detail: string): Promise<void>
    /** For what a route alone does not tell: refuses, and writes down, who may not. */
    demandVerb(request: FastifyRequest, verb: Verb): Promise<void>
    /** Whether whoever asks may do it besides, for an answer that leaves out what they may not see. */
    allows(request: FastifyRequest, verb: Verb): boolean
  }
}

/**
 * Refuses what neither the role of the admin allows nor, where one asks, their API token; and what needs a proof that is
 * older than ten minutes. No token can prove anything, but it has such a verb only because a person who had chose it.
 */
export const access = fp(
  async (app, { audit, owesSecondStep, now }: Ports) => {
    const isToNote = createSeldom(now, OF_TOKENS)

    app.decorate('noteRefusal', async ({ method, actor, apiToken, ip: address, routeOptions }, detail) => {
      const { verb: target = '' } = routeOptions.config
      if (method === 'GET' || method === 'HEAD') return
      if (apiToken && !isToNote(`${apiToken.id} ${target}`)) return
      await audit.record({ actor, action: 'access.refused', target, outcome: 'refused', address, detail })
    })

    app.decorate('allows', allows)

    app.decorate('demandVerb', async (request, verb) => {
      if (allows(request, verb)) return
      await app.noteRefusal(request, whyNot(request, verb))
      const kind = request.apiToken ? 'token-not-allowed' : 'not-allowed'
      throw problem(kind, { detail: refusalOf(request, verb) })
    })

    app.addHook('onRequest', async (request) => {
      const { verb, sudo, needsSecondStep } = request.routeOptions.config
      if (verb === undefined || verb === 'anyone') return
      const isOpen = request.apiToken !== null || (verb === 'signed-in' && !needsSecondStep)
      if (!isOpen && (await owesSecondStep(request.session)))
        throw problem('second-step-missing', {
          detail: said`This console asks everybody for an app or a passkey besides the password: set one up on the page of your account.`,
        })
      if (verb !== 'signed-in') await app.demandVerb(request, verb)
      if (sudo && request.apiToken === null) requireProof(request, now())
    })
  },
  { name: 'access', dependencies: ['sessions'] },
)

const whyNot = ({ admin }: FastifyRequest, verb: Verb): string =>
  may(admin.role, verb) ? said`the token was not given this` : `as ${admin.role}`

/** For what a route alone does not tell: refuses whoever has not proved within ten minutes who they are. */
export const requireProof = ({ session: { provedAt = 0 } }: FastifyRequest, now: Date): void => {
  const age = now.getTime() - provedAt
  if (age < 0 || age >= PROOF_MS) throw problem('proof-required')
}

const allows = ({ admin, apiToken }: FastifyRequest, verb: Verb): boolean =>
  may(admin.role, verb) && (apiToken?.verbs.has(verb) ?? true)

const refusalOf = ({ admin, apiToken }: FastifyRequest, verb: Verb): string => {
  if (!apiToken) return `${SIGNED_IN_AS[admin.role]}; ${takes(verb)}. ${said`Ask an admin of the console.`}`
  if (!isTokenVerb(verb)) return said`No token decides about people and what they may do.`
  if (may(admin.role, verb)) return said`It was not given ${verb}. Make one that is, on the page of your account.`
  return `${OWNER_IS[admin.role]}; ${takes(verb)}.`
}

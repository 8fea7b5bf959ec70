import { problem } from '@ostor-console/shared/problem'
import type { Verb } from '@ostor-console/shared/roles'
import { said } from '@ostor-console/shared/said'
import type { Admin } from '@ostor-console/shared/session'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

/** A token that was checked: whose it is, with their role as it is now, and what it was given. */
export type Bearer = { id: string; name: string; owner: Admin; verbs: ReadonlySet<Verb> }

declare module 'fastify' {
  interface FastifyRequest {
    /** What stands behind `Bearer` and is still to be checked; `null` where a page asks. */
    bearer: string | null
    /** Behind the guard: the token that asks; `null` where a session does. */
    apiToken: Bearer | null
  }
}

/** How every token looks, wherever it stands. */
export const TOKEN_SHAPE = 'ostor_[0-9A-Za-z]{49}'
const SOMEWHERE = new RegExp(TOKEN_SHAPE)

/** Without the tokens that somebody wrote into an address. */
export const withoutTokens = (url: string): string => url.replaceAll(new RegExp(TOKEN_SHAPE, 'g'), 'ostor_…')

const IN_URL = {
  pointer: '/query',
  code: 'token_in_url',
  detail: said`holds an API token, which is revoked now: addresses are written down. It belongs into the header Authorization`,
}

type Options = { onLeak: (request: FastifyRequest, token: string) => Promise<void> }

const FOR_PEOPLE = said`It takes a person who is signed in: no token decides about sign-ins, people and tokens.`

/**
 * Where a script asks with a token, nothing else counts: what a browser would add by itself is taken away, and with it
 * what the checks against foreign pages protect. Such a page cannot send this header, because nobody tells its browser
 * that it may.
 */
export const bearer = fp<Options>(
  async (app, { onLeak }) => {
    app.decorateRequest('bearer', null)
    app.decorateRequest('apiToken', null)
    app.addHook('onRequest', async (request) => {
      const [leaked] = SOMEWHERE.exec(request.raw.url ?? '') ?? []
      if (leaked !== undefined) {
        await onLeak(request, leaked)
        throw problem('request-invalid', { errors: [IN_URL] })
      }
      const found = /^bearer\b(.*)$/i.exec(request.headers.authorization ?? '')
      if (!found) return
      delete request.raw.headers.cookie
      request.bearer = found[1]?.trim() ?? ''
      const { verb } = request.routeOptions.config
      if (verb === 'anyone' || verb === 'signed-in') throw problem('token-not-allowed', { detail: FOR_PEOPLE })
    })
    app.addHook('onSend', async (request, reply) => {
      if (request.bearer !== null && reply.statusCode === 401)
        reply.header('www-authenticate', 'Bearer error="invalid_token"')
    })
  },
  { name: 'bearer' },
)

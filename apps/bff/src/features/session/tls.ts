import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'

/** Without it the browser would get no cookie, and the sign-in would seem to work and lead nowhere. */
export const checkTls = (request: FastifyRequest, https: boolean): void => {
  if (!https || request.protocol === 'https') return
  throw problem('request-not-from-console', {
    detail: said`PUBLIC_URL is https, but this request came as http: the proxy must send X-Forwarded-Proto, and TRUST_PROXY must name it.`,
  })
}

import rateLimit from '@fastify/rate-limit'
import { problem } from '@ostor-console/shared/problem'
import type { Verb } from '@ostor-console/shared/roles'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

/** How many guesses are left is nobody's business. */
const UNSAID = {
  addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
}

/** For a route that takes a guess: so many from one address, whatever it is about. */
export const GUESSES = { rateLimit: { max: 60, timeWindow: 60_000 } }

/** What is answered from the whole history, or all that happened, takes the store a while. */
const COSTLY: readonly unknown[] = [
  'usage.see',
  'statistics.see',
  'audit.see',
  'audit.export',
  'bulk.see',
] satisfies Verb[]
/** Far more than a person's pages ask for; a script that asks for more has to wait. */
const READINGS = {
  max: 3_000,
  timeWindow: 60_000,
  keyGenerator: ({ actor }: FastifyRequest) => `reads ${actor}`,
}

/** Lets a route say how many guesses it takes (`config.rateLimit`), and limits the costly readings of each caller. */
export const guesses = fp(async (app) => {
  app.addHook('onRoute', (route) => {
    if (route.method === 'GET' && COSTLY.includes(route.config?.verb))
      route.config = { ...route.config, rateLimit: READINGS }
  })
  await app.register(rateLimit, {
    global: false,
    ...UNSAID,
    errorResponseBuilder: (_, { ttl }) => problem('too-many-attempts', { retryAfterSeconds: Math.ceil(ttl / 1000) }),
  })
})

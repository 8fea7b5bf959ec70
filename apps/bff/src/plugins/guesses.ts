import rateLimit from '@fastify/rate-limit'
import { problem } from '@ostor-console/shared/problem'
import fp from 'fastify-plugin'

/** How many guesses are left is nobody's business. */
const UNSAID = {
  addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
}

/** For a route that takes a guess: so many from one address, whatever it is about. */
export const GUESSES = { rateLimit: { max: 60, timeWindow: 60_000 } }

/** Lets a route say how many guesses it takes (`config.rateLimit`); others are not counted. */
export const guesses = fp(async (app) => {
  await app.register(rateLimit, {
    global: false,
    ...UNSAID,
    errorResponseBuilder: (_, { ttl }) => problem('too-many-attempts', { retryAfterSeconds: Math.ceil(ttl / 1000) }),
  })
})

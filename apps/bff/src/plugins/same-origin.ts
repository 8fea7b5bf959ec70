import { problem } from '@ostor-console/shared/problem'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

const READS = ['GET', 'HEAD', 'OPTIONS', 'TRACE']

/**
 * A write must come from a page of the console itself: by Fetch Metadata, else by Origin, and with a header that a
 * foreign page cannot send without asking first. The token of the session comes on top (session.ts).
 */
export const sameOrigin = fp<{ publicUrl: URL | null }>(
  async (app, { publicUrl }) => {
    const isOurs = (origin: string, request: FastifyRequest) =>
      origin === (publicUrl?.origin ?? `${request.protocol}://${request.host}`)

    app.addHook('onRequest', async (request) => {
      if (READS.includes(request.method) || request.bearer !== null || request.routeOptions.config.outside) return
      const { 'sec-fetch-site': site, origin, 'x-requested-by': sender } = request.headers
      const fromConsole = site === undefined ? origin !== undefined && isOurs(origin, request) : site === 'same-origin'
      if (!fromConsole || sender !== 'console') throw problem('request-not-from-console')
    })
  },
  { name: 'same-origin', dependencies: ['bearer'] },
)

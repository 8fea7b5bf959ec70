import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { isLoopbackName } from '../loopback.ts'
import { METHODS } from './problems.ts'

const MOST_HEADERS = 100
/** Asked by their address rather than by name, and without anything to tell. */
const PROBES = ['/livez', '/readyz']

/** Whose name a request may be addressed to, so that a foreign name pointed at this address (DNS rebinding) is refused. */
export const hosts = fp<{ publicUrl: URL | null }>(
  async (app, { publicUrl }) => {
    const isOurs = (name: string) => (publicUrl ? name === publicUrl.hostname : isLoopbackName(name))

    app.addHook('onRequest', async (request) => {
      if (!METHODS.includes(request.method)) throw Object.assign(new Error('method'), { statusCode: 405 })
      const names = headerNames(request)
      if (names.length > MOST_HEADERS) throw Object.assign(new Error('too many headers'), { statusCode: 431 })
      if (ONCE.some((name) => names.indexOf(name) !== names.lastIndexOf(name))) throw misaddressed()
      if (!request.raw.url?.startsWith('/')) throw misaddressed()
      if (!isOurs(hostName(request.headers.host)) && !PROBES.includes(request.raw.url)) throw misaddressed()
    })
  },
  { name: 'hosts' },
)

const ONCE = ['host', 'content-type', 'origin', 'content-length', 'x-csrf-token']

const headerNames = (request: FastifyRequest): string[] =>
  request.raw.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())

const hostName = (host: string | undefined): string => URL.parse(`http://${host}`)?.hostname ?? ''

const misaddressed = () =>
  problem('request-invalid', {
    errors: [{ pointer: '/headers/host', detail: said`does not name this console`, code: 'wrong_host' }],
  })

import type { Server } from 'node:net'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { isAmong } from '../networks.ts'
import { blank } from './problems.ts'

type Options = { from: string[] }

/** `/metrics` for Prometheus, for this machine and the networks that the settings name. */
export const metrics = fp<Options>(
  async (app, { from }) => {
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })
    const duration = new Histogram({
      name: 'console_http_request_duration_seconds',
      help: 'Time to answer a request, by route',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10, 30],
      registers: [registry],
    })
    const sockets = new Gauge({
      name: 'console_sockets',
      help: 'Open connections',
      registers: [registry],
    })

    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none'
      duration.labels(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000)
    })

    const isOurs = isAmong(['127.0.0.0/8', '::1', ...from])
    app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
      if (!isAllowed(request, isOurs))
        return reply
          .code(404)
          .type('application/problem+json')
          .send(JSON.stringify(blank(404)))
      sockets.set(await connections(app.server))
      return reply.type(registry.contentType).send(await registry.metrics())
    })
  },
  { name: 'metrics' },
)

const connections = (server: Server): Promise<number> =>
  new Promise((resolve) => server.getConnections((_, count) => resolve(count)))

/** A proxy on this machine passes on what strangers ask, so what was forwarded counts as a stranger's. */
const isAllowed = ({ ip, socket, headers }: FastifyRequest, isOurs: (address: string) => boolean): boolean => {
  const peer = socket.remoteAddress ?? ''
  if (ip === peer && (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined)) return false
  return isOurs(ip)
}

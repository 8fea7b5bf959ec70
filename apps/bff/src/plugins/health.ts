import fp from 'fastify-plugin'
import type { Store } from '../adapters/store/store.ts'

/** Whether the process lives, and whether it can serve; the gateway is not asked, because pages work without it. */
export const health = fp<{ store: Store }>(
  async (app, { store }) => {
    app.get('/livez', { schema: { hide: true } }, async (_, reply) => reply.type('text/plain').send('ok'))

    app.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
      const text = reply.type('text/plain')
      if (app.draining()) return text.code(503).send('stopping')
      try {
        await store.ping()
        return await text.send('ok')
      } catch (err) {
        request.log.error({ err }, 'the store does not answer')
        return text.code(503).send('store unavailable')
      }
    })
  },
  { name: 'health' },
)

import { setTimeout as wait } from 'node:timers/promises'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    draining(): boolean
    /** Stops without losing a request: clients are told to go, what runs is finished, and after 10 s it ends anyway. */
    drain(): Promise<void>
  }
}

const FAREWELL_MS = 1500
const LONGEST_MS = 8000
const SWEEP_MS = 50

export const drain = fp<{ farewellMs?: number }>(
  async (app, { farewellMs = FAREWELL_MS }) => {
    let draining = false
    app.decorate('draining', () => draining)

    app.addHook('onSend', async (_, reply) => {
      if (draining) reply.header('connection', 'close')
    })

    app.decorate('drain', async () => {
      draining = true
      await wait(farewellMs)
      // Node closes idle connections once, when it stops to listen; one that becomes idle later would hold it up.
      const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS)
      const end = setTimeout(() => app.server.closeAllConnections(), LONGEST_MS)
      try {
        await app.close()
      } finally {
        clearInterval(sweep)
        clearTimeout(end)
      }
    })
  },
  { name: 'drain' },
)

import fp from 'fastify-plugin'
import type { Audit } from '../adapters/store/audit.ts'
import type { InTurn } from '../writing/turns.ts'
import { type Writer, writerOf } from '../writing/writer.ts'

declare module 'fastify' {
  interface FastifyRequest extends Writer {
    /** Runs the work when nobody else works on the same subject. */
    inTurn: InTurn
  }
}

/** Lets a request write at a gateway in the name of its admin. */
export const writes = fp(async (app, { audit, inTurn }: { audit: Audit; inTurn: InTurn }) => {
  app.decorateRequest('inTurn', inTurn)
  app.decorateRequest('write', function write(entry, call) {
    const isAwaited = () => !this.socket.destroyed
    return writerOf({ audit, log: this.log, actor: this.admin.email, address: this.ip, isAwaited }).write(entry, call)
  })
})

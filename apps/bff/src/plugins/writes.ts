import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Audit } from '../adapters/store/audit.ts'
import type { InTurn } from '../writing/turns.ts'
import { type Writer, writerOf } from '../writing/writer.ts'

declare module 'fastify' {
  interface FastifyRequest extends Writer {
    /** Runs the work when nobody else works on the same subject. */
    inTurn: InTurn
    /** The id that the caller chose for what it asks, for the first write that has none of its own. */
    takeOperationId(): { operationId?: string }
  }
}

/** Enough not to be guessed or met by chance. */
const CHOSEN = /^[0-9a-f-]{32,36}$/

/** Lets a request write at a gateway in the name of its admin. */
export const writes = fp(async (app, { audit, inTurn }: { audit: Audit; inTurn: InTurn }) => {
  const taken = new WeakSet<FastifyRequest>()
  app.decorateRequest('inTurn', inTurn)
  app.decorateRequest('takeOperationId', function takeOperationId() {
    const chosen = this.headers['operation-id']
    if (taken.has(this) || typeof chosen !== 'string' || !CHOSEN.test(chosen)) return {}
    taken.add(this)
    return { operationId: chosen }
  })
  app.decorateRequest('write', function write(entry, call) {
    const isAwaited = () => !this.socket.destroyed
    const of = entry.operationId === undefined ? { ...entry, ...this.takeOperationId() } : entry
    return writerOf({ audit, log: this.log, actor: this.actor, address: this.ip, isAwaited }).write(of, call)
  })
})

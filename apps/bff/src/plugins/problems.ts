import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type Problem, ProblemError, problem } from '@ostor-console/shared/problem'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import * as z from 'zod'

/** Every failure leaves the BFF as one document; causes go to the log, never to the browser. */
export const problems = fp(
  async (app) => {
    app.setErrorHandler((error, request, reply) => answer(error, request, reply))

    app.setNotFoundHandler((request, reply) =>
      METHODS.includes(request.method)
        ? send(reply, blank(404), request.id)
        : send(reply.header('allow', METHODS.join(', ')), blank(405), request.id),
    )
  },
  { name: 'problems' },
)

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']

/** For what Fastify refuses before there is a route: a path that cannot be decoded, a parameter that is too long. */
export const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const document = documentOf(error, request.method)
  request.log[document.status < 500 ? 'info' : 'error']({ err: error }, document.title)
  if (document.retryAfterSeconds !== undefined) reply.header('retry-after', document.retryAfterSeconds)
  return send(reply, document, request.id)
}

/** For what Node refuses before there is a request; the connection ends with it. */
export const refuseConnection = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy()
  // A second answer could be taken for that of the next request.
  if (socket.bytesWritten > 0) return void socket.end()
  const status = STATUS_BY_CODE[error.code ?? ''] ?? 400
  const body = JSON.stringify(blank(status))
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/problem+json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  )
}

const STATUS_BY_CODE: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** What the errors of Fastify and of its plugins carry. */
const Refusal = z.object({ statusCode: z.int().optional(), code: z.string().optional() })

const documentOf = (error: unknown, method: string): Problem => {
  if (error instanceof ProblemError) return error.problem
  const { statusCode = 500, code = '' } = Refusal.safeParse(error).data ?? {}
  if (code.startsWith('FST_CSRF_')) return problem('request-not-from-console').problem
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return method === 'GET' ? blank(503) : problem('outcome-unknown').problem
  // Fastify's own refusals (413, 415 …) say all they mean with their status.
  return statusCode >= 400 && statusCode < 500 ? blank(statusCode) : problem('internal').problem
}

/** A document that says no more than its status. */
export const blank = (status: number): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
})

const send = (reply: FastifyReply, document: Problem, requestId: string): FastifyReply =>
  reply
    .code(document.status)
    .type('application/problem+json')
    .send(JSON.stringify({ ...document, instance: `/requests/${requestId}` }))

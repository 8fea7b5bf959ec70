import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { ProblemError, problem } from '@ostor-console/shared/problem'
import { type Read, readsRoutes } from '@ostor-console/shared/reads'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { blank } from '../../plugins/problems.ts'

/** A reading within a reading would multiply without end. */
const WITHIN = 'x-within-reads'
const JSON_TYPE = /^application\/(problem\+)?json\b/

/**
 * What a page reads when it opens, in one request: each reading passes every guard as if it came by itself, and is
 * written when it is ready, so that a slow one holds up none of the others.
 */
export const reads: FastifyPluginAsyncZod = async (app) => {
  const read = async (
    { raw, socket }: FastifyRequest,
    url: string,
    signal: AbortSignal,
  ): Promise<Omit<Read, 'index'>> => {
    const answer = await app.inject({
      method: 'GET',
      url,
      headers: { ...raw.headers, [WITHIN]: 'yes' },
      remoteAddress: socket.remoteAddress ?? '',
      payloadAsStream: true,
      signal,
    })
    const stream = answer.stream()
    if (JSON_TYPE.test(String(answer.headers['content-type'])))
      return { status: answer.statusCode, body: JSON.parse(await text(stream)) }
    stream.destroy()
    const refusal = problem('request-invalid', { detail: said`${url} answers with a file: ask for it by itself.` })
    return { status: refusal.problem.status, body: refusal.problem }
  }

  app.route({
    ...readsRoutes.list,
    handler: (request, reply) => {
      if (WITHIN in request.headers)
        throw problem('request-invalid', { detail: said`One list of readings cannot stand in another.` })
      // It takes no request of its own any more, but finishes those that are under way.
      if (app.draining()) throw new ProblemError(blank(503))
      const gone = new AbortController()
      const lines = new PassThrough()
      lines.once('close', () => gone.abort())
      const write = async (url: string, index: number): Promise<void> => {
        const line: Read = { index, ...(await read(request, url, gone.signal)) }
        lines.write(`${JSON.stringify(line)}\n`)
      }
      // Without its line a reading counts as not answered, and so does the rest of them.
      Promise.all(request.query.addresses.map(write)).then(
        () => lines.end(),
        (error: unknown) => lines.destroy(error instanceof Error ? error : undefined),
      )
      return reply.type('application/jsonl; charset=utf-8').header('x-accel-buffering', 'no').send(lines)
    },
  })
}

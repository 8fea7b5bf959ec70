import type { FastifyRequest } from 'fastify'
import { withoutTokens } from './bearer.ts'

/** What a line of the log says of a request: where it came from and what it asked for, without secrets. */
export const LOGGED = {
  req: ({ method, url, host, ip, socket }: FastifyRequest) => ({
    method,
    url: withoutTokens(url),
    host,
    remoteAddress: ip,
    ...(socket.remotePort !== undefined && { remotePort: socket.remotePort }),
  }),
}

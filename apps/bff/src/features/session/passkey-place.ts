import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Where passkeys are made for and used, as a browser calls it. */
export type PasskeyPlace = { origin: string; rpId: string }

/** `null` where browsers know no passkeys: at an address without a name, and without https but on this very machine. */
export const passkeyPlace = (request: FastifyRequest, publicUrl: URL | null): PasskeyPlace | null => {
  const { origin, hostname, protocol } = publicUrl ?? new URL(`${request.protocol}://${request.host}`)
  const isName = isIP(hostname.replace(/^\[|\]$/g, '')) === 0
  return isName && (protocol === 'https:' || hostname === 'localhost') ? { origin, rpId: hostname } : null
}

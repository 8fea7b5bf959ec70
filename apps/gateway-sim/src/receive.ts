import type { IncomingMessage } from 'node:http'
import type { Call } from './calls.ts'
import { readTarget } from './query.ts'
import { Refusal } from './refusal.ts'
import type { Signed } from './signature/authenticate.ts'

const BODY_AT_MOST = 8 * 1024 * 1024

export type Received = { signed: Signed; seen: Omit<Call, 'number' | 'atMs' | 'status' | 'isCarriedOut'> }

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request) {
    const bytes: Buffer = piece
    length += bytes.length
    if (length > BODY_AT_MOST) throw new Refusal(413, 'EntityTooLarge', 'The body is too large.')
    pieces.push(bytes)
  }
  return Buffer.concat(pieces)
}

/** The values of a header as sent; several lines of it are joined with a comma. */
const headersOf = ({ rawHeaders }: IncomingMessage) => {
  const values = new Map<string, string>()
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase()
    const value = rawHeaders[at + 1] ?? ''
    values.set(name, values.has(name) ? `${values.get(name)},${value}` : value)
  }
  return values
}

/** A whole request: for the signature byte for byte, and for the log of calls. */
export const receive = async (request: IncomingMessage, isConnectionReused: boolean): Promise<Received> => {
  const { method = 'GET', url = '/', httpVersion } = request
  const target = readTarget(url)
  const values = headersOf(request)
  const body = await readBody(request)
  const { service, parameters } = target
  const headerNames = request.rawHeaders.filter((_, at) => at % 2 === 0)
  const header = (name: string) => values.get(name) ?? ''
  return {
    signed: { method, target, header, headerNames: [...values.keys()], body },
    seen: { method, service, parameters, url, headerNames, httpVersion, body: body.toString(), isConnectionReused },
  }
}

import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
import type { Simulator } from '../src/simulator.ts'

export type Reply = { status: number; text: string; headers: Record<string, string | string[] | undefined> }

type Asking = {
  keyId?: string
  date?: string
  secret?: string
  headers?: Record<string, string>
  body?: string
  /** What Signature V2 signs as the resource, where it is not the service. */
  resource?: string
  contentType?: string
}

/** The headers of a request signed with Signature V2, written here a second time on purpose. */
export const signedV2 = (simulator: Simulator, method: string, resource: string, asking: Asking = {}) => {
  const date = asking.date ?? new Date(simulator.control.clock.now()).toUTCString()
  const amazon = Object.entries(asking.headers ?? {}).filter(([name]) => name.startsWith('x-amz-'))
  const lines = [
    method,
    '',
    asking.contentType ?? '',
    date,
    ...amazon.map(([name, value]) => `${name}:${value}`),
    resource,
  ]
  const hmac = createHmac('sha1', asking.secret ?? simulator.secretAccessKey).update(lines.join('\n'))
  const type: Record<string, string> = asking.contentType === undefined ? {} : { 'Content-Type': asking.contentType }
  const authorization = `AWS ${asking.keyId ?? simulator.accessKeyId}:${hmac.digest('base64')}`
  return { Date: date, Authorization: authorization, ...type, ...asking.headers }
}

/** Sends a request target as it stands, with these headers and no others of its own. */
export const send = (simulator: Simulator, method: string, path: string, headers: Record<string, string>, body = '') =>
  new Promise<Reply>((resolve, reject) => {
    const { hostname, port } = new URL(simulator.endpoint)
    const asked = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString()
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers })
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })

/** A signed request: `ask(simulator, 'GET', 'ostor-users&space')`. */
export const ask = (simulator: Simulator, method: string, query: string, asking: Asking = {}): Promise<Reply> => {
  const resource = asking.resource ?? `/?${query.split('&')[0]}`
  const length: Record<string, string> =
    method === 'GET' && asking.body === undefined
      ? {}
      : { 'Content-Length': String(Buffer.byteLength(asking.body ?? '')) }
  const headers = { ...signedV2(simulator, method, resource, asking), ...length }
  return send(simulator, method, `/?${query}`, headers, asking.body)
}

/** The body of a signed GET, as JSON. */
export const read = async (simulator: Simulator, query: string) => JSON.parse((await ask(simulator, 'GET', query)).text)

/** One statistics object, as JSON. */
export const readObject = (simulator: Simulator, name: string) =>
  read(simulator, `ostor-usage&obj=${encodeURIComponent(name)}`)

/** Writes bytes to the gateway and gives back everything that came until the connection closed or `enough`. */
export const exchange = (simulator: Simulator, bytes: string, enough: (text: string) => boolean = () => false) =>
  new Promise<{ text: string; error: string | undefined }>((resolve) => {
    const { hostname, port } = new URL(simulator.endpoint)
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let text = ''
    let error: string | undefined
    socket.on('data', (piece) => {
      text += piece.toString()
      if (enough(text)) socket.destroy()
    })
    socket.on('error', (cause: NodeJS.ErrnoException) => {
      error = cause.code
    })
    socket.on('close', () => resolve({ text, error }))
  })

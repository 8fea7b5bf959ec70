import { createHash, createHmac } from 'node:crypto'
import type { Parameter } from '../query.ts'

export type V4Request = {
  method: string
  path: string
  /** All of the query; a flag counts as a parameter with an empty value. */
  query: readonly Parameter[]
  header: (name: string) => string
  signedHeaders: readonly string[]
  payloadHash: string
  /** ISO 8601 basic. */
  date: string
  /** `<day>/<region>/<service>/aws4_request` as the client sent it. */
  scope: string
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const canonicalRequestV4 = (request: V4Request): string => {
  const query = request.query
    .map(({ name, value }) => [encode(name), encode(value ?? '')] as const)
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const headers = request.signedHeaders.map((name) => `${name}:${request.header(name).trim().replace(/\s+/g, ' ')}\n`)
  const names = request.signedHeaders.join(';')
  return [request.method, request.path, query, headers.join(''), names, request.payloadHash].join('\n')
}

export const signatureV4 = (secret: string, request: V4Request): string => {
  const toSign = ['AWS4-HMAC-SHA256', request.date, request.scope, sha256(canonicalRequestV4(request))].join('\n')
  const key = request.scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`)
  return hmac(key, toSign).toString('hex')
}

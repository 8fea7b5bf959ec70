import { createHash, timingSafeEqual } from 'node:crypto'
import type { Target } from '../query.ts'
import { Refusal } from '../refusal.ts'
import type { User, Users } from '../world/users.ts'
import { readDate } from './dates.ts'
import { signatureV2, stringToSignV2 } from './signature-v2.ts'
import { signatureV4 } from './signature-v4.ts'

export type Signed = {
  method: string
  target: Target
  /** The value of a header as it was sent, empty where it was not. */
  header: (name: string) => string
  headerNames: readonly string[]
  body: Buffer
}

type Checks = { users: Users; now: number; skewMinutes: number }

const accessDenied = (message = 'Access Denied') => new Refusal(403, 'AccessDenied', message)
const mismatch = () =>
  new Refusal(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  )

const ownerOf = (users: Users, keyId: string) => {
  const owner = users.ownerOfKey(keyId)
  if (!owner) {
    throw new Refusal(403, 'InvalidAccessKeyId', 'The AWS access key Id you provided does not exist in our records.')
  }
  return owner
}

const checkDate = (text: string, { now, skewMinutes }: Checks) => {
  const at = readDate(text)
  if (at === undefined) throw accessDenied('AWS authentication requires a valid Date or x-amz-date header')
  if (skewMinutes > 0 && Math.abs(at - now) > skewMinutes * 60_000) {
    const message = 'The difference between the request time and the current time is too large.'
    throw new Refusal(403, 'RequestTimeTooSkewed', message)
  }
}

const isSame = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

const byV2 = (credentials: string, request: Signed, checks: Checks): User => {
  const colon = credentials.indexOf(':')
  const { user, secret } = ownerOf(checks.users, credentials.slice(0, Math.max(colon, 0)))
  const { method, header, headerNames } = request
  const toSign = stringToSignV2({ method, resource: request.target.signed, header, headerNames })
  checkDate(header('x-amz-date') || header('date'), checks)
  if (!isSame(signatureV2(secret, toSign), credentials.slice(colon + 1).trim())) throw mismatch()
  return user
}

const payloadHashOf = ({ header, body }: Signed): string => {
  const sent = header('x-amz-content-sha256')
  if (sent.startsWith('STREAMING-')) throw new Refusal(501, 'NotImplemented', 'Chunked payload is not supported.')
  const own = createHash('sha256').update(body).digest('hex')
  if (sent === 'UNSIGNED-PAYLOAD' || sent === '') return sent || own
  if (sent !== own)
    throw new Refusal(400, 'XAmzContentSHA256Mismatch', 'The provided x-amz-content-sha256 does not match.')
  return sent
}

const byV4 = (fields: string, request: Signed, checks: Checks): User => {
  const field = (name: string) => new RegExp(`(?:^|[ ,])${name}=([^, ]+)`).exec(fields)?.[1] ?? ''
  const [keyId = '', ...scope] = field('Credential').split('/')
  const { user, secret } = ownerOf(checks.users, keyId)
  const signedHeaders = field('SignedHeaders').split(';')
  const unsigned = request.headerNames.find((name) => name.startsWith('x-amz-') && !signedHeaders.includes(name))
  if (!signedHeaders.includes('host') || unsigned !== undefined || scope.length !== 4) throw accessDenied()
  const date = request.header('x-amz-date') || request.header('date')
  checkDate(date, checks)
  const basic = new Date(readDate(date) ?? 0).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const { method, target, header } = request
  const own = signatureV4(secret, {
    method,
    path: target.path,
    query: target.query,
    header,
    signedHeaders,
    payloadHash: payloadHashOf(request),
    date: basic,
    scope: scope.join('/'),
  })
  if (scope[0] !== basic.slice(0, 8) || !isSame(own, field('Signature'))) throw mismatch()
  return user
}

/** Who signed this request. Throws the refusal S3 would give. */
export const authenticate = (request: Signed, checks: Checks): User => {
  const authorization = request.header('authorization')
  const [, scheme, rest = ''] = /^(\S+)\s+(.*)$/.exec(authorization) ?? []
  if (scheme !== 'AWS' && scheme !== 'AWS4-HMAC-SHA256') throw accessDenied()
  const user = scheme === 'AWS' ? byV2(rest, request, checks) : byV4(rest, request, checks)
  if (user.state === 'disabled') throw accessDenied('The user is disabled.')
  return user
}

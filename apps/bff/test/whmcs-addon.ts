import { createHash, createHmac, randomBytes } from 'node:crypto'
import { Secret } from '../src/adapters/gateway/secret.ts'

export const ADDON_KEY = { id: 'key-2026', secret: 'canary-secret-of-the-addon-32-chars' }
export const OLD_KEY = { id: 'key-2025', secret: 'canary-secret-of-last-year-32-chars' }

/** The addon of the tests: admin 1 of WHMCS is the admin of the world. */
export const addonParts = (people: [number, string][]) => ({
  keys: [ADDON_KEY, OLD_KEY].map(({ id, secret }) => ({ id, secret: Secret.of(secret) })),
  people: new Map(people),
})

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A ticket as the addon signs it, or as it would be with something else in it. */
export const ticketOf = (
  at: Date,
  { head = {}, claims = {}, key = ADDON_KEY }: { head?: object; claims?: object; key?: typeof ADDON_KEY } = {},
): string => {
  const now = Math.floor(at.getTime() / 1000)
  const first = base64url({ alg: 'HS256', typ: 'JWT', kid: key.id, ...head })
  const second = base64url({
    iss: 'whmcs',
    aud: 'ostor-console',
    sub: 'admin:1',
    name: 'Ada',
    client_id: 7,
    iat: now,
    exp: now + 60,
    jti: randomBytes(16).toString('hex'),
    ...claims,
  })
  const seal = createHmac('sha256', key.secret).update(`${first}.${second}`).digest('base64url')
  return `${first}.${second}.${seal}`
}

/** The headers with which the addon signs a request. */
export const signedHeaders = (
  { method, url, body = '' }: { method: string; url: string; body?: string },
  at: Date,
  key = ADDON_KEY,
): Record<string, string> => {
  const time = String(Math.floor(at.getTime() / 1000))
  const nonce = randomBytes(16).toString('hex')
  const hash = createHash('sha256').update(body).digest('hex')
  const text = ['ostor-console-addon-1', method, url, time, nonce, hash].join('\n')
  return {
    'x-ostor-key': key.id,
    'x-ostor-time': time,
    'x-ostor-nonce': nonce,
    'x-ostor-content-sha256': hash,
    'x-ostor-signature': createHmac('sha256', key.secret).update(text).digest('hex'),
  }
}

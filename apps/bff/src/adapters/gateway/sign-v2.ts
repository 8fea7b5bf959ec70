import { createHmac } from 'node:crypto'
import type { Secret } from './secret.ts'
import type { Service } from './url.ts'

type Request = { method: string; service: Service; date: Date }
type Key = { id: string; secret: Secret }

/** Signature V2 of a request without body: the service is signed, the parameters after it are not. */
export const signV2 = ({ method, service, date }: Request, key: Key): Record<string, string> => {
  const at = date.toUTCString()
  const text = `${method}\n\n\n${at}\n/?${service}`
  const signature = createHmac('sha1', key.secret.signingKey()).update(text).digest('base64')
  return { date: at, authorization: `AWS ${key.id}:${signature}` }
}

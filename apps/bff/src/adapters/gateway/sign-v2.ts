import { createHmac } from 'node:crypto'
import type { Secret } from './secret.ts'

/** `resource` is the path and the first name of the query: the parameters after it are not signed. */
type Request = { method: string; resource: string; date: Date }
type Key = { id: string; secret: Secret }

/** Signature V2 of a request without body. */
export const signV2 = ({ method, resource, date }: Request, key: Key): Record<string, string> => {
  const at = date.toUTCString()
  const text = `${method}\n\n\n${at}\n${resource}`
  const signature = createHmac('sha1', key.secret.signingKey()).update(text).digest('base64')
  return { date: at, authorization: `AWS ${key.id}:${signature}` }
}

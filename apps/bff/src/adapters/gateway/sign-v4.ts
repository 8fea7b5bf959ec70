import { createHash, createHmac } from 'node:crypto'
import type { Secret } from './secret.ts'

type Request = { method: string; target: string; host: string; date: Date }
type Key = { id: string; secret: Secret; region: string }

const SIGNED = 'host;x-amz-content-sha256;x-amz-date'
const EMPTY = createHash('sha256').update('').digest('hex')

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Flags get the `=` that they do not have on the wire, and the parameters are put in the order of their names. */
const canonicalQuery = (target: string): string =>
  target
    .slice(target.indexOf('?') + 1)
    .split('&')
    .map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split('=')
      return [name, value]
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

/** Signature V4 of a request without body. */
export const signV4 = ({ method, target, host, date }: Request, key: Key): Record<string, string> => {
  const at = date.toISOString().replace(/[:-]|\.\d+/g, '')
  const scope = `${at.slice(0, 8)}/${key.region}/s3/aws4_request`
  const headers = `host:${host}\nx-amz-content-sha256:${EMPTY}\nx-amz-date:${at}\n`
  const path = target.slice(0, target.indexOf('?'))
  const request = [method, path, canonicalQuery(target), headers, SIGNED, EMPTY].join('\n')
  const text = ['AWS4-HMAC-SHA256', at, scope, createHash('sha256').update(request).digest('hex')].join('\n')

  const parts = [at.slice(0, 8), key.region, 's3', 'aws4_request']
  const signingKey = parts.reduce<Buffer | string>(
    (previous, part) => hmac(previous, part),
    `AWS4${key.secret.reveal()}`,
  )
  const signature = hmac(signingKey, text).toString('hex')
  return {
    'x-amz-date': at,
    'x-amz-content-sha256': EMPTY,
    authorization: `AWS4-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=${SIGNED}, Signature=${signature}`,
  }
}

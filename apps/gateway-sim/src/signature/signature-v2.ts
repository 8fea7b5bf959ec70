import { createHmac } from 'node:crypto'

export type V2Request = {
  method: string
  /** The path, and of the query only what stands before the first `&`. */
  resource: string
  /** The value of a header as it was sent, empty where it was not. */
  header: (name: string) => string
  /** Names in lower case. */
  headerNames: readonly string[]
}

export const stringToSignV2 = ({ method, resource, header, headerNames }: V2Request): string => {
  const amazon = [...new Set(headerNames)].filter((name) => name.startsWith('x-amz-')).toSorted()
  const date = amazon.includes('x-amz-date') ? '' : header('date')
  const lines = [method, header('content-md5'), header('content-type'), date]
  return [...lines, ...amazon.map((name) => `${name}:${header(name).trim()}`), resource].join('\n')
}

export const signatureV2 = (secret: string, stringToSign: string): string =>
  createHmac('sha1', secret).update(stringToSign).digest('base64')

import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'

export type Service =
  | 'ostor-users'
  | 'ostor-accounts'
  | 'ostor-limits'
  | 'ostor-quotas'
  | 'ostor-buckets'
  | 'ostor-usage'

/** `true` stands for a flag, which has no value. */
export type Parameters = Readonly<Record<string, string | true>>

const RESERVED = /[!'()*]/g
const hexOf = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** Percent-encoding as RFC 3986 and Signature V4 want it, so that what is signed is what is sent. */
const encode = (text: string): string => {
  // Half a surrogate pair has no bytes to send.
  if (!text.isWellFormed()) throw problem('request-invalid', { detail: said`A name holds half a character` })
  return encodeURIComponent(text).replace(RESERVED, hexOf)
}

/**
 * The request target as bytes. The service comes first and without `=`, because only this form is signed;
 * URL libraries rewrite it. An empty value is refused, because the gateway reads it as "all".
 */
export const targetOf = (service: Service, parameters: Parameters = {}): string => {
  const pairs = Object.entries(parameters).map(([name, value]) => {
    if (value === '')
      throw problem('request-invalid', { detail: said`The gateway would read an empty ${name} as "all"` })
    return value === true ? `&${name}` : `&${name}=${encode(value)}`
  })
  return `/?${service}${pairs.join('')}`
}

/** The target of one setting of a bucket, in the S3 way. All of it is signed. */
export const bucketTargetOf = (bucket: string, setting: 'replication'): string => {
  // These would be taken for steps in the path.
  if (bucket === '' || bucket === '.' || bucket === '..') throw problem('bucket-not-found')
  return `/${encode(bucket)}/?${setting}`
}

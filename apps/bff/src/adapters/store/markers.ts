import { randomBytes } from 'node:crypto'

// Crockford's alphabet (https://github.com/ulid/spec): no letter that looks like a digit or another letter.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const MARKER = /^\[ostor-dash:[a-z]:[0-9A-HJKMNP-TV-Z]{26}\]$/

/** What an entry of ours at WHMCS is about: a key, a user, the state of a user, or an invoice. */
export type Mark = 'k' | 'u' | 's' | 'i'

/** 48 bits of time and 80 of chance, as 26 letters that sort by time. */
export const ulid = (at: Date): string => {
  let rest = (BigInt(at.getTime()) << 80n) | BigInt(`0x${randomBytes(10).toString('hex')}`)
  let text = ''
  while (text.length < 26) {
    text = (LETTERS[Number(rest & 31n)] ?? '') + text
    rest >>= 5n
  }
  return text
}

/** By which an entry of ours is found again, wherever people have written around it. */
export const markerOf = (mark: Mark, id: string): string => {
  const marker = `[ostor-dash:${mark}:${id}]`
  if (!MARKER.test(marker)) throw new TypeError(`"${marker}" is no marker`)
  return marker
}

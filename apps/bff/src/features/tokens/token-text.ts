import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { TOKEN_SHAPE } from '../../plugins/bearer.ts'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const PREFIX = 'ostor_'
const RANDOM = 43
const CHECK = 6
const HINT = PREFIX.length + 4
const WHOLE = new RegExp(`^${TOKEN_SHAPE}$`)

/** Base 62, filled up with zeros. */
const written = (value: bigint, length: number): string => {
  let text = ''
  for (let rest = value; rest > 0n; rest /= 62n) text = (DIGITS[Number(rest % 62n)] ?? '') + text
  return text.padStart(length, '0')
}

const checkOf = (text: string): string => written(BigInt(crc32(text)), CHECK)

/** `ostor_`, 256 random bits, and a checksum; so that a scanner of files finds it, and a mistyped one is known at once. */
export const newToken = (): string => {
  const body = PREFIX + written(BigInt(`0x${randomBytes(32).toString('hex')}`), RANDOM)
  return body + checkOf(body)
}

export const isWhole = (token: string): boolean =>
  WHOLE.test(token) && checkOf(token.slice(0, -CHECK)) === token.slice(-CHECK)

/** How it begins, which is all that lists and the audit show of it. */
export const hintOf = (token: string): string => token.slice(0, HINT)

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

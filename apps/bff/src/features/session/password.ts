import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
const NOW = { memory: 19_456, passes: 2, parallelism: 1 }
const MOST = { memory: 262_144, passes: 16, parallelism: 8 }
const TAG_LENGTH = 32
const PHC = /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{16,64})\$([A-Za-z0-9+/]{43})$/

type Parameters = typeof NOW

const tagOf = (password: string, nonce: Buffer, parameters: Parameters): Promise<Buffer> =>
  derive('argon2id', { message: password, nonce, tagLength: TAG_LENGTH, ...parameters })

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

const phc = ({ memory, passes, parallelism }: Parameters, nonce: Buffer, tag: Buffer) =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`

/** The hash of a password in PHC form, with the parameters that made it. */
export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(16)
  return phc(NOW, nonce, await tagOf(password, nonce, NOW))
}

/** Rejects when the hash is not one that this program could have written. */
const parsed = (hash: string) => {
  const [, memory, passes, parallelism, nonce = '', tag = ''] = PHC.exec(hash) ?? []
  const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const within = (name: keyof Parameters) => parameters[name] >= NOW[name] && parameters[name] <= MOST[name]
  if (!within('memory') || !within('passes') || !within('parallelism')) throw new Error('the password hash is damaged')
  return { parameters, nonce: Buffer.from(nonce, 'base64'), tag: Buffer.from(tag, 'base64') }
}

const NOBODY = phc(NOW, Buffer.alloc(16), Buffer.alloc(TAG_LENGTH))

/** Compares in constant time. Without a hash it works as long and says no, so that nobody learns which e-mails exist. */
export const passwordMatches = async (password: string, hash: string | null): Promise<boolean> => {
  const { parameters, nonce, tag } = parsed(hash ?? NOBODY)
  const same = timingSafeEqual(await tagOf(password, nonce, parameters), tag)
  return same && hash !== null
}

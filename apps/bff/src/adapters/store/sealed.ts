import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { Secret } from '../gateway/secret.ts'

/** Where a sealed text stands. It opens there and nowhere else. */
export type Place = { table: string; row: string; field: string }
export type Sealer = ReturnType<typeof createSealer>

const VERSION = '1'
const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The key that signs cookies does not itself seal: each use has a key of its own. */
const derived = (secret: Secret, use: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret.signingKey(), '', `ostor-console ${use} ${VERSION}`, bytes))

const keyOf = (secret: Secret) => ({
  /** Names the key and tells nothing of it. */
  id: derived(secret, 'seal id', 6).toString('hex'),
  key: derived(secret, 'seal', 32),
})

const damaged = (cause?: unknown) =>
  problem(
    'sealed-damaged',
    {
      detail: said`It was changed in the store, or was sealed with a key that is neither SECRET_KEY nor SECRET_KEY_OLD.`,
    },
    { cause },
  )

const boundTo = ({ table, row, field }: Place): Buffer => Buffer.from(JSON.stringify([table, row, field, VERSION]))

/**
 * Seals what the store has to keep and nobody may read there: `<key id>.<version>.<nonce, tag and AES-256-GCM text>`.
 * The old key still opens, so that a new one can be put in its place while the console runs.
 */
export const createSealer = (current: Secret, old: Secret | null = null) => {
  const now = keyOf(current)
  const known = [now, ...(old ? [keyOf(old)] : [])]

  return {
    keyIds: known.map(({ id }) => id),

    seal(place: Place, secret: string): string {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, now.key, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(place))
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return [now.id, VERSION, Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')].join('.')
    },

    /** Throws `sealed-damaged` when the text was changed, stands somewhere else than it was made for, or its key is not known. */
    open(place: Place, sealed: string): Secret {
      const [id, version, body = ''] = sealed.split('.')
      const key = known.find((each) => each.id === id)?.key
      if (!key || version !== VERSION) throw damaged()
      const bytes = Buffer.from(body, 'base64url')
      const [textAt, tagAt] = [NONCE_BYTES + TAG_BYTES, NONCE_BYTES]
      try {
        const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, tagAt), { authTagLength: TAG_BYTES })
        cipher.setAAD(boundTo(place)).setAuthTag(bytes.subarray(tagAt, textAt))
        return Secret.of(Buffer.concat([cipher.update(bytes.subarray(textAt)), cipher.final()]).toString('utf8'))
      } catch (cause) {
        throw damaged(cause)
      }
    },

    isCurrent: (sealed: string): boolean => sealed.startsWith(`${now.id}.`),
  }
}

import { createHash, createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import type { Proofs } from '../../adapters/oidc/provider.ts'

export const ATTEMPT_SECONDS = 300

/** One way to the provider and back. `reference` is known to this browser alone. */
export type Attempt = {
  reference: string
  until: number
  returnTo: string
  again: boolean
  before?: Before | undefined
}

/** The session that asks for a proof, by its hash: its cookie does not come back along with the browser. */
const Before = z.object({ session: z.string(), admin: z.string(), lineage: z.string(), startedAt: z.number() })
export type Before = z.infer<typeof Before>

const Written = z.object({
  reference: z.string().regex(/^[\w-]{43}$/),
  until: z.int(),
  returnTo: z.string(),
  again: z.boolean(),
  before: Before.optional(),
})

/**
 * What a sign-in is recognised by is made from a reference and the key of the console, so that neither the cookie nor
 * the store holds it, and a sign-in that somebody only begins leaves nothing behind.
 */
export const attemptsOf = (key: KeyObject, now: () => Date) => {
  const mac = (purpose: string, text: string): string =>
    createHmac('sha256', key).update(`single sign-on ${purpose}\0${text}`).digest('base64url')

  return {
    begin: (returnTo: string, again: boolean, before?: Before): Attempt => ({
      reference: randomBytes(32).toString('base64url'),
      until: now().getTime() + 1000 * ATTEMPT_SECONDS,
      returnTo,
      again,
      before,
    }),

    proofs: ({ reference }: Attempt): Proofs => ({
      state: mac('state', reference),
      nonce: mac('nonce', reference),
      verifier: mac('verifier', reference),
    }),

    isOf: (attempt: Attempt, state: string): boolean => isSame(state, mac('state', attempt.reference)),

    /** Under which the store remembers that it was used. */
    idOf: ({ reference }: Attempt): string => digest(reference).toString('base64url'),

    write(attempt: Attempt): string {
      const text = Buffer.from(JSON.stringify(attempt)).toString('base64url')
      return `${text}.${mac('cookie', text)}`
    },

    /** `null` for what this console did not write, or wrote too long ago. */
    read(cookie: string | undefined): Attempt | null {
      const [text = '', seal = ''] = cookie?.split('.') ?? []
      if (!isSame(seal, mac('cookie', text))) return null
      const attempt = Written.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
      return attempt.until > now().getTime() ? attempt : null
    },
  }
}

const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))

const digest = (text: string) => createHash('sha256').update(text).digest()

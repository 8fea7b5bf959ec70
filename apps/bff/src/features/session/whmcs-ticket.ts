import { ClientId } from '@ostor-console/shared/clients'
import { errors, type JWTHeaderParameters, jwtVerify } from 'jose'
import * as z from 'zod'
import type { Secret } from '../../adapters/gateway/secret.ts'

/** A key that the addon inside WHMCS signs with. */
export type AddonKey = { id: string; secret: Secret }

export type Ticket = {
  /** The admin of WHMCS who clicked. */
  whmcsAdmin: number
  whmcsName: string
  clientId: number
  id: string
  /** Up to when it could be used. */
  until: Date
}

export type TicketProblem = 'unreadable' | 'algorithm' | 'key' | 'signature' | 'elsewhere' | 'expired'

const LONGEST_SECONDS = 60
const SKEW_SECONDS = 30

const Claims = z.object({
  sub: z
    .string()
    .regex(/^admin:[1-9]\d{0,8}$/)
    .transform((sub) => Number(sub.slice('admin:'.length))),
  name: z.string().max(256),
  client_id: ClientId,
  jti: z.string().regex(/^[0-9a-f]{32}$/),
  exp: z.int(),
})

class UnknownKey extends Error {
  override name = 'UnknownKey'
}

/** What a ticket says, if one of the keys signed it for this console within the last minute; else what is wrong. */
export const readTicket = async (
  text: string,
  keys: readonly AddonKey[],
  now: Date,
): Promise<Ticket | TicketProblem> => {
  const keyOf = ({ kid }: JWTHeaderParameters) => {
    const key = keys.find(({ id }) => id === kid)
    if (!key) throw new UnknownKey()
    return key.secret.signingKey()
  }
  try {
    const { payload } = await jwtVerify(text, keyOf, {
      algorithms: ['HS256'],
      issuer: 'whmcs',
      audience: 'ostor-console',
      clockTolerance: SKEW_SECONDS,
      maxTokenAge: LONGEST_SECONDS,
      currentDate: now,
    })
    const claims = Claims.safeParse(payload)
    if (!claims.success) return 'unreadable'
    const { sub, name, client_id, jti, exp } = claims.data
    const until = new Date(1000 * (exp + SKEW_SECONDS))
    return { whmcsAdmin: sub, whmcsName: name, clientId: client_id, id: jti, until }
  } catch (error) {
    return problemIn(error)
  }
}

const problemIn = (error: unknown): TicketProblem => {
  if (error instanceof UnknownKey) return 'key'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature'
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) return WRONG_CLAIM[error.claim] ?? 'unreadable'
  if (error instanceof errors.JOSEError) return 'unreadable'
  throw error
}

/** `iat`: a clock of WHMCS that runs ahead. */
const WRONG_CLAIM: Record<string, TicketProblem> = { iss: 'elsewhere', aud: 'elsewhere', iat: 'expired' }

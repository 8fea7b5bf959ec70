import { randomBytes } from 'node:crypto'
import type { NewPasskey, PasskeyAnswer } from '@ostor-console/shared/passkeys'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { decodeAttestationObject, decodeClientDataJSON, isoBase64URL } from '@simplewebauthn/server/helpers'
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { AdminRecord, Admins } from '../../adapters/store/admins.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import type { PasskeyChallenges, PasskeyPurpose } from '../../adapters/store/passkey-challenges.ts'
import type { PasskeyRecord, Passkeys } from '../../adapters/store/passkeys.ts'
import { type PasskeyPlace, passkeyPlace } from './passkey-place.ts'

type Ports = {
  admins: Pick<Admins, 'findById'>
  passkeys: Pick<Passkeys, 'find' | 'use'>
  challenges: PasskeyChallenges
  audit: Pick<Audit, 'record'>
  publicUrl: URL | null
  now: () => Date
}

export type PasskeyCheck = ReturnType<typeof passkeyCheck>

/** ES256, EdDSA and RS256: one of them is known to every device. */
export const ALGORITHMS = [-7, -8, -257]

export const CHALLENGE_MS = 5 * 60_000

/** Why a passkey was refused: in the words of the audit, and in those for whoever showed it. */
const REASONS = {
  challenge: {
    note: said`not asked of this browser within five minutes, or used before`,
    advice: said`It has to be used within five minutes, in the browser that asked for it. Try again.`,
  },
  unknown: {
    note: said`not known here`,
    advice: said`It was removed here, or belongs to somebody who may not sign in. Sign in another way.`,
  },
  strange: {
    note: said`of somebody else`,
    advice: said`It belongs to somebody else. Use one of your own, or begin again.`,
  },
  answer: {
    note: said`its answer does not hold`,
    advice: said`Its answer does not hold: it is of another address, or did not ask for your PIN, finger or face.`,
  },
  disabled: {
    note: said`the person is disabled`,
    advice: said`It was removed here, or belongs to somebody who may not sign in. Sign in another way.`,
  },
  counter: {
    note: said`its counter went back, as that of a copy does`,
    advice: said`There may be a copy of it. Sign in another way, remove it from your account, and tell an admin of the console.`,
  },
} as const

const ACTIONS = { 'sign-in': 'session.refused', proof: 'session.prove', add: 'passkey.refused' } as const

/** Asks browsers for passkeys, and says whether what comes back holds. */
export const passkeyCheck = ({ admins, passkeys, challenges, audit, publicUrl, now }: Ports) => {
  const https = publicUrl?.protocol === 'https:'
  const cookieName = https ? '__Host-passkey' : 'passkey'
  const cookie = { path: '/', httpOnly: true, secure: https, sameSite: 'strict', maxAge: CHALLENGE_MS / 1000 } as const

  const browserOf = ({ cookies }: FastifyRequest): string | null => {
    const known = cookies[cookieName]
    return known !== undefined && /^[\w-]{43}$/.test(known) ? known : null
  }

  const placeFor = (request: FastifyRequest): PasskeyPlace => {
    const place = passkeyPlace(request, publicUrl)
    if (!place)
      throw problem('no-passkeys-here', {
        detail: said`Browsers take passkeys at a name with https, or at http://localhost. Open the console there.`,
      })
    return place
  }

  const refuse = async (
    request: FastifyRequest,
    purpose: PasskeyPurpose,
    reason: keyof typeof REASONS,
    actor: string,
    cause?: unknown,
  ): Promise<never> => {
    const { note, advice } = REASONS[reason]
    request.log.warn(
      { reason, why: cause instanceof Error ? cause.message.slice(0, 200) : undefined },
      'passkey refused',
    )
    const entry = { actor, target: actor, action: ACTIONS[purpose], outcome: 'refused', address: request.ip } as const
    await audit.record({ ...entry, detail: `${said`Passkey`}: ${note}` })
    throw problem('passkey-refused', { detail: advice })
  }

  /** Takes the challenge, whatever else is wrong with the answer. */
  const taken = async (request: FastifyRequest, purpose: PasskeyPurpose, clientDataJSON: string) => {
    const challenge = challengeIn(clientDataJSON)
    const browser = browserOf(request)
    const asked =
      challenge !== null && browser !== null && (await challenges.take({ challenge, browser, purpose }, now()))
    const actor = request.session.admin?.email ?? 'nobody'
    return asked ? { ...asked, challenge } : refuse(request, purpose, 'challenge', actor)
  }

  return {
    placeFor,

    /** What is to be signed, by this browser, within five minutes, by a passkey of that admin (`null`: of anybody). */
    async begin(
      request: FastifyRequest,
      reply: FastifyReply,
      purpose: PasskeyPurpose,
      adminId: string | null,
    ): Promise<string> {
      const challenge = randomBytes(32).toString('base64url')
      const browser = browserOf(request) ?? randomBytes(32).toString('base64url')
      const until = new Date(now().getTime() + CHALLENGE_MS)
      await challenges.begin({ challenge, browser, purpose, adminId, until }, now())
      reply.setCookie(cookieName, browser, cookie)
      return challenge
    },

    /** Whose passkey it is that signed what was asked. Throws `passkey-refused`, and the audit says why. */
    async demand(
      request: FastifyRequest,
      purpose: PasskeyPurpose,
      answer: PasskeyAnswer,
    ): Promise<{ admin: AdminRecord; passkey: PasskeyRecord }> {
      const { origin, rpId } = placeFor(request)
      const asked = await taken(request, purpose, answer.clientDataJSON)
      const passkey = await passkeys.find(answer.id)
      const actor = request.session.admin?.email ?? 'nobody'
      if (!passkey) return refuse(request, purpose, 'unknown', actor)
      const held = await verifyAuthenticationResponse({
        response: asBrowsersSay(answer),
        expectedChallenge: asked.challenge,
        expectedOrigin: origin,
        expectedRPID: rpId,
        requireUserVerification: true,
        // The counter is compared where it is kept, so that of two answers at once one is taken.
        credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: 0 },
      }).catch(asError)
      if (held instanceof Error || !held.verified) return refuse(request, purpose, 'answer', actor, held)
      const admin = await admins.findById(passkey.adminId)
      if (!admin) return refuse(request, purpose, 'disabled', actor)
      if (purpose === 'proof' && asked.adminId !== request.admin.id)
        return refuse(request, purpose, 'strange', admin.email)
      const handle = answer.userHandle ?? (asked.adminId && handleOf(asked.adminId))
      if (handle !== handleOf(admin.id) || (asked.adminId ?? admin.id) !== admin.id)
        return refuse(request, purpose, 'strange', admin.email)
      if (!(await passkeys.use(passkey.id, held.authenticationInfo.newCounter, now())))
        return refuse(request, purpose, 'counter', admin.email)
      return { admin, passkey }
    },

    /** What is to be kept of a new passkey. Throws `passkey-refused`. */
    async demandNew(request: FastifyRequest, made: NewPasskey) {
      const { origin, rpId } = placeFor(request)
      const { id: adminId, email } = request.admin
      const asked = await taken(request, 'add', made.clientDataJSON)
      if (asked.adminId !== adminId) return refuse(request, 'add', 'strange', email)
      if (!isPlain(made.attestationObject)) return refuse(request, 'add', 'answer', email, new Error(UNASKED))
      const held = await verifyRegistrationResponse({
        response: asBrowsersMake(made),
        expectedChallenge: asked.challenge,
        expectedOrigin: origin,
        expectedRPID: rpId,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch(asError)
      if (held instanceof Error || !held.verified) return refuse(request, 'add', 'answer', email, held)
      const { credential, credentialBackedUp: isSynced } = held.registrationInfo
      const { id: credentialId, publicKey, counter } = credential
      return { adminId, name: made.name, credentialId, publicKey, counter, isSynced, transports: made.transports }
    },
  }
}

/** What a passkey calls its admin; it is not the e-mail, which may be known to others. */
export const handleOf = (adminId: string): string => Buffer.from(adminId).toString('base64url')

/** Whatever a browser says. */
const WithChallenge = z.object({ challenge: z.string() })

const challengeIn = (clientDataJSON: string): string | null => {
  try {
    return WithChallenge.parse(decodeClientDataJSON(clientDataJSON)).challenge
  } catch {
    return null
  }
}

/**
 * None was asked for. The library would look others up at addresses that stand in the answer itself, which nobody may make
 * the console call.
 */
const UNASKED = 'an attestation that was not asked for'
const PLAIN = ['none', 'packed']

const isPlain = (attestationObject: string): boolean => {
  try {
    return PLAIN.includes(decodeAttestationObject(isoBase64URL.toBuffer(attestationObject)).get('fmt'))
  } catch {
    return false
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error('not an error'))

const asBrowsersSay = ({
  id,
  clientDataJSON,
  authenticatorData,
  signature,
}: PasskeyAnswer): AuthenticationResponseJSON => ({
  id,
  rawId: id,
  type: 'public-key',
  response: { clientDataJSON, authenticatorData, signature },
  clientExtensionResults: {},
})

const asBrowsersMake = ({ id, clientDataJSON, attestationObject }: NewPasskey): RegistrationResponseJSON => ({
  id,
  rawId: id,
  type: 'public-key',
  response: { clientDataJSON, attestationObject },
  clientExtensionResults: {},
})

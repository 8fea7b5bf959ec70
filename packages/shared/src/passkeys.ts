import * as z from 'zod'
import { Instant } from './figure.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'
import { Session } from './session.ts'

export const MOST_PASSKEYS = 20

/** A key on a device of the admin, or in their password manager, which is unlocked there and signs in by itself. */
export const Passkey = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Kept in step between several devices; otherwise it is lost with the one that it is on. */
    isSynced: z.boolean(),
    addedAt: Instant,
    lastUsedAt: Instant.nullable(),
  })
  .meta({ id: 'Passkey' })
export type Passkey = z.infer<typeof Passkey>

const PasskeyName = z
  .string()
  .max(60, { error: said`must have at most 60 characters` })
  .trim()
  .min(1, { error: said`must have a name` })

const Bytes = z
  .string()
  .regex(/^[\w-]+$/, { error: said`must be base64url` })
  .max(8192)
const CredentialId = Bytes.max(1364)
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
const Known = z.object({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.string()).optional() })

/** What the browser is asked to have signed: `navigator.credentials.get()` as JSON. */
export const PasskeyRequest = z
  .object({
    challenge: z.string(),
    rpId: z.string(),
    /** Those that will do; empty for whichever the device has. */
    allowCredentials: z.array(Known),
    /** Milliseconds. */
    timeout: z.int(),
    userVerification: z.literal('required'),
  })
  .meta({ id: 'PasskeyRequest' })
export type PasskeyRequest = z.infer<typeof PasskeyRequest>

/** What the browser is asked to make: `navigator.credentials.create()` as JSON. */
export const PasskeyOffer = z
  .object({
    challenge: z.string(),
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
    excludeCredentials: z.array(Known),
    authenticatorSelection: z.object({
      residentKey: z.literal('required'),
      requireResidentKey: z.literal(true),
      userVerification: z.literal('required'),
    }),
    attestation: z.literal('none'),
    timeout: z.int(),
  })
  .meta({ id: 'PasskeyOffer' })
export type PasskeyOffer = z.infer<typeof PasskeyOffer>

/** What a passkey answered to a request. All parts are base64url. */
export const PasskeyAnswer = z.strictObject({
  id: CredentialId,
  clientDataJSON: Bytes,
  authenticatorData: Bytes,
  signature: Bytes,
  /** Whose it is; left out by some devices when they were asked for those of one admin. */
  userHandle: Bytes.max(88).optional(),
})
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>

export const NewPasskey = z.strictObject({
  name: PasskeyName,
  id: CredentialId,
  clientDataJSON: Bytes,
  attestationObject: Bytes,
  transports: z.array(z.enum(TRANSPORTS)).max(TRANSPORTS.length),
})
export type NewPasskey = z.infer<typeof NewPasskey>

const NOTHING = z.strictObject({})

export const passkeyRoutes = {
  beginSignIn: {
    method: 'POST',
    url: '/api/v1/session/passkey/challenge',
    config: { verb: 'anyone', scope: 'none' },
    schema: {
      summary: 'What a passkey has to sign to sign in; for this browser, once, within five minutes',
      tags: ['session'],
      body: NOTHING,
      response: { 200: PasskeyRequest },
    },
  },
  signIn: {
    method: 'POST',
    url: '/api/v1/session/passkey',
    config: { verb: 'anyone', scope: 'none' },
    schema: {
      summary: 'Sign in with a passkey, in place of the password and of the second step',
      tags: ['session'],
      body: PasskeyAnswer,
      response: { 200: Session },
    },
  },
  beginProof: {
    method: 'POST',
    url: '/api/v1/session/proof/passkey/challenge',
    config: { verb: 'signed-in', scope: 'none' },
    schema: {
      summary: 'What one of your passkeys has to sign to prove who you are',
      tags: ['session'],
      body: NOTHING,
      response: { 200: PasskeyRequest },
    },
  },
  prove: {
    method: 'POST',
    url: '/api/v1/session/proof/passkey',
    config: { verb: 'signed-in', scope: 'none' },
    schema: {
      summary: 'Prove who you are once more with a passkey, for ten minutes',
      tags: ['session'],
      body: PasskeyAnswer,
      response: { 200: Session },
    },
  },
  begin: {
    method: 'POST',
    url: '/api/v1/account/passkey-challenge',
    config: { verb: 'signed-in', scope: 'none', sudo: true },
    schema: {
      summary: 'Begin to add a passkey; within five minutes',
      tags: ['account'],
      body: NOTHING,
      response: { 200: PasskeyOffer },
    },
  },
  add: {
    method: 'POST',
    url: '/api/v1/account/passkeys',
    config: { verb: 'signed-in', scope: 'none', sudo: true },
    schema: {
      summary: 'Add the passkey that was made; your other sessions end',
      tags: ['account'],
      body: NewPasskey,
      response: { 200: Session },
    },
  },
  remove: {
    method: 'DELETE',
    url: '/api/v1/account/passkeys/:passkeyId',
    config: { verb: 'signed-in', scope: 'none', sudo: true },
    schema: {
      summary: 'Remove a passkey; your other sessions end',
      tags: ['account'],
      params: z.object({ passkeyId: z.string().max(64) }),
      body: NOTHING,
      response: { 200: Session },
    },
  },
} as const satisfies Routes

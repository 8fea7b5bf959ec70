import * as z from 'zod'
import { Instant } from './figure.ts'
import { Passkey } from './passkeys.ts'
import type { Routes } from './route.ts'
import { NewPassword, SecondFactorCode, Session } from './session.ts'

export const Account = z
  .object({
    email: z.string(),
    hasPassword: z.boolean(),
    passkeys: z.array(Passkey),
    /** The app that shows codes; without it and without passkeys the password alone is enough to sign in. */
    secondFactor: z.object({ enrolledAt: Instant, recoveryCodesLeft: z.int() }).nullable(),
  })
  .meta({ id: 'OwnAccount' })
export type Account = z.infer<typeof Account>

/** What an authenticator app needs. Shown once; it counts only after a code of the app came back. */
export const Enrolment = z
  .object({
    /** In Base32, to be typed where the picture cannot be scanned. */
    seed: z.string(),
    /** `otpauth://totp/…` */
    address: z.string(),
    /** The address as a QR code, an SVG document. */
    picture: z.string(),
  })
  .meta({ id: 'Enrolment' })
export type Enrolment = z.infer<typeof Enrolment>

/** Shown once; each serves once in place of the app. */
const RecoveryCodes = z.array(z.string())

/** The sessions of this admin elsewhere have ended, and this one has a new token. */
const WithCodes = z.object({ session: Session, recoveryCodes: RecoveryCodes })

const Password = z.string().min(1).max(1024)

const AppCode = SecondFactorCode.shape.code

export const accountRoutes = {
  secondStep: {
    method: 'POST',
    url: '/api/v1/session/second-factor',
    config: { verb: 'anyone', scope: 'none' },
    schema: {
      summary: 'The second step of signing in, within five minutes of the password',
      tags: ['session'],
      body: SecondFactorCode,
      response: { 200: Session },
    },
  },
  beginAgain: {
    method: 'DELETE',
    url: '/api/v1/session/second-factor',
    config: { verb: 'anyone', scope: 'none' },
    schema: {
      summary: 'Give the second step up; the password is asked for again',
      tags: ['session'],
      body: z.strictObject({}),
      response: { 200: Session },
    },
  },
  removeOf: {
    method: 'DELETE',
    url: '/api/v1/admins/:adminId/second-factor',
    config: { verb: 'access.manage', scope: 'fleet', sudo: true },
    schema: {
      summary: 'Take the app, the recovery codes and the passkeys away from somebody who lost them; their sessions end',
      tags: ['people'],
      params: z.object({ adminId: z.string().max(64) }),
      body: z.strictObject({}),
      response: { 204: z.void() },
    },
  },
  read: {
    method: 'GET',
    url: '/api/v1/account',
    config: { verb: 'signed-in', scope: 'none' },
    schema: { summary: 'How you sign in', tags: ['account'], response: { 200: Account } },
  },
  changePassword: {
    method: 'PUT',
    url: '/api/v1/account/password',
    config: { verb: 'signed-in', scope: 'none' },
    schema: {
      summary: 'Change your password, or choose one if you have none; your other sessions end',
      tags: ['account'],
      /** Without the old one only where there is none; that takes a proof. */
      body: z.strictObject({ password: Password.optional(), newPassword: NewPassword }),
      response: { 200: Session },
    },
  },
  beginEnrolment: {
    method: 'POST',
    url: '/api/v1/account/second-factor',
    config: { verb: 'signed-in', scope: 'none' },
    schema: {
      summary: 'Begin to set up two-step sign-in; it counts when a code has confirmed it',
      tags: ['account'],
      body: z.strictObject({ password: Password }),
      response: { 201: Enrolment },
    },
  },
  confirmEnrolment: {
    method: 'PUT',
    url: '/api/v1/account/second-factor',
    config: { verb: 'signed-in', scope: 'none' },
    schema: {
      summary: 'Confirm two-step sign-in with a code of the app; your other sessions end',
      tags: ['account'],
      body: z.strictObject({ code: AppCode }),
      response: { 200: WithCodes },
    },
  },
  remove: {
    method: 'DELETE',
    url: '/api/v1/account/second-factor',
    config: { verb: 'signed-in', scope: 'none' },
    schema: {
      summary: 'Turn two-step sign-in off; your other sessions end',
      tags: ['account'],
      body: SecondFactorCode.extend({ password: Password }),
      response: { 200: Session },
    },
  },
  newRecoveryCodes: {
    method: 'POST',
    url: '/api/v1/account/recovery-codes',
    config: { verb: 'signed-in', scope: 'none' },
    schema: {
      summary: 'Make new recovery codes; the old ones are worth nothing any more',
      tags: ['account'],
      body: SecondFactorCode.extend({ password: Password }),
      response: { 200: WithCodes },
    },
  },
} as const satisfies Routes

import * as z from 'zod'
import { Cluster } from './cluster.ts'
import { Instant } from './figure.ts'
import { GroupName } from './groups.ts'
import { roleNames } from './roles.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

export const RoleName = z.enum(roleNames)

export const Admin = z.object({ id: z.string(), email: z.string(), role: RoleName }).meta({ id: 'Admin' })
export type Admin = z.infer<typeof Admin>

const SECOND_STEPS = ['app', 'passkey'] as const
export type SecondStep = (typeof SECOND_STEPS)[number]

/** Six digits of the app, or a recovery code; spaces and hyphens do not count. */
export const SecondFactorCode = z.strictObject({
  method: z.enum(['app', 'recovery-code']),
  code: z.string().min(1).max(64),
})
export type SecondFactorCode = z.infer<typeof SecondFactorCode>

export const Session = z
  .object({
    state: z.enum(['signed-in', 'second-factor-required', 'signed-out', 'setup-required']),
    admin: Admin.nullable(),
    /** The groups of users that their role is limited to, none when these are gone; `null` without a limit. */
    limitedTo: z.array(GroupName).nullable(),
    /** To be sent back as `x-csrf-token` with every write; `null` without a session. */
    csrfToken: z.string().nullable(),
    /** The sign-in of the demo, which guards invented data only; `null` outside the demo. */
    demo: z.object({ email: z.string(), password: z.string() }).nullable(),
    /** Where else somebody can sign in, as its button calls it; `null` without single sign-on. */
    sso: z.object({ name: z.string(), isOnlyWay: z.boolean() }).nullable(),
    version: z.string(),
    /** Whether a passkey can be used at this address: it takes a name, and https or this very machine. */
    passkeys: z.boolean(),
    /** What will do as the second step; empty unless it is owed. */
    secondSteps: z.array(z.enum(SECOND_STEPS)),
    /** Nothing else can be done before there is an app or a passkey. */
    owesSecondStep: z.boolean(),
    /** How somebody came in; `null` without a session. */
    signedInBy: z.enum(['password', 'passkey', 'single-sign-on']).nullable(),
    /** Until when what needs a proof is done without asking for one; `null` without a session. */
    provedUntil: Instant.nullable(),
    /** The last sign-in of a day without the provider, for who may read the audit, where that is the exception. */
    emergency: z.object({ email: z.string(), at: Instant, address: z.string().nullable() }).nullable(),
    /** The clusters that can be opened; empty without a session. */
    clusters: z.array(Cluster),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

/**
 * 15 to 128 characters of any kind, compared exactly (ASVS 5.0.0 6.2.1, 6.2.5). The server refuses besides what is guessed
 * first (6.2.4), for which a page would have to load a dictionary.
 */
export const NewPassword = z
  .string()
  .min(15, { error: said`must have at least 15 characters` })
  .max(128, { error: said`must have at most 128 characters` })

/** The e-mail that an admin signs in with. */
export const AdminEmail = z.email({ error: said`must be an e-mail address` }).max(254)

export const sessionRoutes = {
  read: {
    method: 'GET',
    url: '/api/v1/session',
    config: { verb: 'anyone', scope: 'none' },
    schema: { summary: 'Who is signed in', tags: ['session'], response: { 200: Session } },
  },
  signIn: {
    method: 'POST',
    url: '/api/v1/session',
    config: { verb: 'anyone', scope: 'none' },
    schema: {
      summary: 'Sign in',
      tags: ['session'],
      body: z.strictObject({ email: z.string().min(1).max(254), password: z.string().min(1).max(1024) }),
      response: { 200: Session },
    },
  },
  signOut: {
    method: 'DELETE',
    url: '/api/v1/session',
    config: { verb: 'signed-in', scope: 'none' },
    schema: { summary: 'Sign out', tags: ['session'], body: z.strictObject({}), response: { 204: z.void() } },
  },
  prove: {
    method: 'POST',
    url: '/api/v1/session/proof',
    config: { verb: 'signed-in', scope: 'none' },
    schema: {
      summary: 'Prove who you are once more, with the password and the second step, for ten minutes',
      tags: ['session'],
      body: z.strictObject({
        password: z.string().min(1).max(1024),
        /** The second step, for whoever has one that is an app. */
        second: SecondFactorCode.optional(),
      }),
      response: { 200: Session },
    },
  },
  setUp: {
    method: 'POST',
    url: '/api/v1/setup',
    config: { verb: 'anyone', scope: 'none' },
    schema: {
      summary: 'Make the first admin, with the code that the process printed when it started',
      tags: ['session'],
      body: z.strictObject({ code: z.string().min(1).max(128), email: AdminEmail, password: NewPassword }),
      response: { 200: Session },
    },
  },
} as const satisfies Routes

import * as z from 'zod'
import { Instant } from './figure.ts'
import { GroupName } from './groups.ts'
import { roleNames } from './roles.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'
import { AdminEmail, NewPassword, RoleName, Session } from './session.ts'

/** Somebody who may sign in, as the people page shows them. */
export const Person = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(roleNames),
    /** The groups of users that the role is limited to, none when these are gone; `null` without a limit. */
    limitedTo: z.array(GroupName).nullable(),
    /** `invited` has never chosen a password, or has to choose a new one, and has no passkey. */
    state: z.enum(['active', 'invited', 'disabled']),
    /** Comes in by single sign-on, which also says as what. */
    bySingleSignOn: z.boolean(),
    hasPassword: z.boolean(),
    /** An app that shows codes. */
    hasApp: z.boolean(),
    /** How many there are. */
    passkeys: z.int(),
    createdAt: Instant,
    /** The last request of any of their sessions that is still kept (a day after its end); `null` when there is none. */
    lastSeenAt: Instant.nullable(),
    /** How many sessions are open. */
    sessions: z.int(),
    /** Until when the link to choose a password is good; `null` without one. */
    linkExpiresAt: Instant.nullable(),
  })
  .meta({ id: 'Person' })
export type Person = z.infer<typeof Person>

/** A link to choose a password, which is shown once. */
export const PasswordLink = z
  .object({ person: Person, code: z.string(), expiresAt: Instant })
  .meta({ id: 'PasswordLink' })
export type PasswordLink = z.infer<typeof PasswordLink>

export const OpenSession = z
  .object({
    id: z.string(),
    startedAt: Instant,
    lastSeenAt: Instant,
    endsAt: Instant,
    /** Network address and browser at the sign-in; `null` of sessions from before they were noted. */
    address: z.string().nullable(),
    browser: z.string().nullable(),
    /** The one that asks. */
    isThis: z.boolean(),
  })
  .meta({ id: 'OpenSession' })
export type OpenSession = z.infer<typeof OpenSession>

const OfAdmin = z.object({ adminId: z.string().max(64) })
const OfSession = z.object({ sessionId: z.string().max(64) })
const Sessions = z.object({ items: z.array(OpenSession) })
/** Ids of groups of users. */
const LimitedTo = z.array(z.string().max(64)).min(1, { error: said`Name at least one group` }).max(100)
const NOTHING = z.strictObject({})
const ADMINS = { verb: 'access.manage', scope: 'fleet' } as const
const WITH_PROOF = { verb: 'access.manage', scope: 'fleet', sudo: true } as const
const TAGS = ['people'] as const

export const adminsRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/admins',
    config: ADMINS,
    schema: {
      summary: 'Everybody who may sign in',
      tags: TAGS,
      response: { 200: z.object({ items: z.array(Person) }) },
    },
  },
  invite: {
    method: 'POST',
    url: '/api/v1/admins',
    config: WITH_PROOF,
    schema: {
      summary: 'Invite somebody, who chooses a password by the link',
      tags: TAGS,
      body: z.strictObject({ email: AdminEmail, role: RoleName, limitedTo: LimitedTo.optional() }),
      response: { 201: PasswordLink },
    },
  },
  setRole: {
    method: 'PUT',
    url: '/api/v1/admins/:adminId/role',
    config: WITH_PROOF,
    schema: {
      summary: 'Give somebody another role; their sessions end',
      tags: TAGS,
      params: OfAdmin,
      body: z.strictObject({ role: RoleName }),
      response: { 200: Person },
    },
  },
  setLimit: {
    method: 'PUT',
    url: '/api/v1/admins/:adminId/limit',
    config: WITH_PROOF,
    schema: {
      summary: 'Limit the role of somebody to groups of users, from their next request on, or take the limit away',
      tags: TAGS,
      params: OfAdmin,
      body: z.strictObject({ limitedTo: LimitedTo.nullable() }),
      response: { 200: Person },
    },
  },
  setState: {
    method: 'PUT',
    url: '/api/v1/admins/:adminId/state',
    config: WITH_PROOF,
    schema: {
      summary: 'Disable somebody, whose sessions end, or enable them again',
      tags: TAGS,
      params: OfAdmin,
      body: z.strictObject({ enabled: z.boolean() }),
      response: { 200: Person },
    },
  },
  reset: {
    method: 'POST',
    url: '/api/v1/admins/:adminId/link',
    config: WITH_PROOF,
    schema: {
      summary: 'A new link to choose a password; the old password and all sessions end',
      tags: TAGS,
      params: OfAdmin,
      body: NOTHING,
      response: { 201: PasswordLink },
    },
  },
  endSessions: {
    method: 'DELETE',
    url: '/api/v1/admins/:adminId/sessions',
    config: ADMINS,
    schema: {
      summary: 'End all sessions of somebody',
      tags: TAGS,
      params: OfAdmin,
      body: NOTHING,
      response: { 200: Person },
    },
  },
  join: {
    method: 'POST',
    url: '/api/v1/join',
    config: { verb: 'anyone', scope: 'none' },
    schema: {
      summary: 'Choose a password with the code of a link, and sign in',
      tags: TAGS,
      body: z.strictObject({ code: z.string().min(1).max(128), password: NewPassword }),
      response: { 200: Session },
    },
  },
  ownSessions: {
    method: 'GET',
    url: '/api/v1/session/all',
    config: { verb: 'signed-in', scope: 'none' },
    schema: { summary: 'Where you are signed in', tags: ['session'], response: { 200: Sessions } },
  },
  endOwnSession: {
    method: 'DELETE',
    url: '/api/v1/session/all/:sessionId',
    config: { verb: 'signed-in', scope: 'none' },
    schema: {
      summary: 'Sign out somewhere else',
      tags: ['session'],
      params: OfSession,
      body: NOTHING,
      response: { 200: Sessions },
    },
  },
  endOtherSessions: {
    method: 'DELETE',
    url: '/api/v1/session/all',
    config: { verb: 'signed-in', scope: 'none' },
    schema: { summary: 'Sign out everywhere else', tags: ['session'], body: NOTHING, response: { 200: Sessions } },
  },
} as const satisfies Routes

import * as z from 'zod'
import { Instant } from './figure.ts'
import { roleNames, TOKEN_VERBS } from './roles.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

const LONGEST_DAYS = 365
export const MOST_TOKENS = 50
const MOST_ADDRESSES = 20

/** Letters of one alphabet, so that no name looks like another in the audit. */
const TokenName = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9 ._-]{0,62}[A-Za-z0-9])?$/, {
  error: said`must be 1 to 64 letters, digits, spaces, dots, hyphens and underscores, and begin and end with a letter or digit`,
})

const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
const TokenAddress = z
  .string()
  .max(64)
  .refine((text) => Network.safeParse(text).success, {
    error: said`must be an address or a network, such as 203.0.113.7 or 2001:db8::/32`,
  })

/** What a script signs in with, as lists show it. */
export const ApiToken = z
  .object({
    id: z.string(),
    /** Unique among those of its owner that are in use. */
    name: z.string(),
    owner: z.object({ id: z.string(), email: z.string(), role: z.enum(roleNames) }),
    /** How it begins, to tell it from others. */
    hint: z.string(),
    /** What it was given; it may do what the role of its owner allows besides, at the time of use. */
    verbs: z.array(z.enum(TOKEN_VERBS)),
    /** Addresses and networks from which it is taken; empty for all. */
    addresses: z.array(z.string()),
    state: z.enum(['active', 'owner-disabled', 'expired', 'revoked']),
    createdAt: Instant,
    expiresAt: Instant,
    /** To the minute; `null` when it never was. */
    lastUsedAt: Instant.nullable(),
    lastUsedFrom: z.string().nullable(),
  })
  .meta({ id: 'ApiToken' })
export type ApiToken = z.infer<typeof ApiToken>

/** The token itself is shown once: the console keeps its hash only. */
export const MadeToken = z.object({ token: ApiToken, secret: z.string() }).meta({ id: 'MadeToken' })
export type MadeToken = z.infer<typeof MadeToken>

const NewToken = z.strictObject({
  name: TokenName,
  verbs: z.array(z.enum(TOKEN_VERBS)).min(1, { error: said`must name at least one verb` }).max(TOKEN_VERBS.length),
  days: z
    .int()
    .min(1)
    .max(LONGEST_DAYS, { error: said`must be ${LONGEST_DAYS} at most` })
    .meta({ description: 'After so many days it expires' }),
  addresses: z
    .array(TokenAddress)
    .max(MOST_ADDRESSES)
    .optional()
    .meta({ description: 'Left out or empty: from anywhere' }),
})
export type NewToken = z.input<typeof NewToken>

const OfToken = z.object({ tokenId: z.string().max(64) })
const Tokens = z.object({ items: z.array(ApiToken) })
const NOTHING = z.strictObject({})
const TAGS = ['tokens'] as const

export const tokensRoutes = {
  listOwn: {
    method: 'GET',
    url: '/api/v1/account/tokens',
    config: { verb: 'signed-in', needsSecondStep: true, scope: 'none' },
    schema: { summary: 'Your API tokens, the newest first', tags: TAGS, response: { 200: Tokens } },
  },
  make: {
    method: 'POST',
    url: '/api/v1/account/tokens',
    config: { verb: 'signed-in', needsSecondStep: true, scope: 'none', sudo: true },
    schema: {
      summary: 'Make an API token, which is shown in this answer and never again',
      tags: TAGS,
      body: NewToken,
      response: { 201: MadeToken },
    },
  },
  revokeOwn: {
    method: 'DELETE',
    url: '/api/v1/account/tokens/:tokenId',
    config: { verb: 'signed-in', needsSecondStep: true, scope: 'none' },
    schema: {
      summary: 'Revoke one of your API tokens, at once and for good',
      tags: TAGS,
      params: OfToken,
      body: NOTHING,
      response: { 204: z.void() },
    },
  },
  list: {
    method: 'GET',
    url: '/api/v1/tokens',
    config: { verb: 'access.manage', scope: 'fleet' },
    schema: { summary: 'The API tokens of everybody, the newest first', tags: TAGS, response: { 200: Tokens } },
  },
  revoke: {
    method: 'DELETE',
    url: '/api/v1/tokens/:tokenId',
    config: { verb: 'access.manage', scope: 'fleet' },
    schema: {
      summary: 'Revoke an API token of anybody, at once and for good',
      tags: TAGS,
      params: OfToken,
      body: NOTHING,
      response: { 204: z.void() },
    },
  },
} as const satisfies Routes

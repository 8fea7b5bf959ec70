import * as z from 'zod'
import type { Routes } from './route.ts'

/** Why nobody was signed in, as the sign-in page is told in its address (`/sign-in?problem=denied`). */
const SSO_PROBLEMS = [
  'denied',
  'expired',
  'failed',
  'unreachable',
  'no-role',
  'somebody-else',
  'disabled',
  'off',
] as const
export type SsoProblem = (typeof SSO_PROBLEMS)[number]

export const singleSignOnRoutes = {
  start: {
    method: 'GET',
    url: '/api/v1/session/oidc',
    config: { verb: 'anyone', scope: 'none' },
    schema: {
      summary: 'Goes to the provider of single sign-on, by a redirect',
      tags: ['session'],
      querystring: z.strictObject({
        returnTo: z.string().max(2048).optional(),
        /** The provider has to ask who it is, even if it knows: the session counts as proved. */
        again: z.literal('yes').optional(),
      }),
      response: { 302: z.void() },
    },
  },
  callback: {
    method: 'GET',
    url: '/api/v1/session/oidc/callback',
    config: { verb: 'anyone', scope: 'none' },
    schema: {
      summary: 'Where the provider of single sign-on sends the browser back to; begins the session',
      tags: ['session'],
      /** What a provider adds is its own matter. */
      querystring: z.looseObject({}),
      produces: ['text/html'],
      /** A page that moves on, or the way back to the sign-in. */
      response: { 200: z.unknown(), 302: z.void() },
    },
  },
} as const satisfies Routes

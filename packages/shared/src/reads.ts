import * as z from 'zod'
import type { Routes } from './route.ts'
import { said } from './said.ts'

/** How many readings one request brings at most, and how long their addresses may be together. */
export const MOST_READS = 20
export const LONGEST_READS = 4_000

const Address = z.string().regex(/^\/api\/v1\/[!$%&'()*+,./:;=?@\w~-]*$/)

/** A line of the answer: what a `GET` of the address at this place of the list answers by itself. */
export type Read = { index: number; status: number; body: unknown }

export const readsRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/reads',
    config: { verb: 'signed-in', scope: 'none' },
    schema: {
      summary: 'Several readings at once: a line of JSON with `index`, `status` and `body` for each, when it is ready',
      tags: ['reads'],
      querystring: z.strictObject({
        /** A JSON list of addresses of this API. */
        addresses: z
          .string()
          .max(LONGEST_READS)
          .transform((text, context): string[] => {
            try {
              return z.array(Address).min(1).max(MOST_READS).parse(JSON.parse(text))
            } catch {
              context.addIssue({
                code: 'custom',
                message: said`must be a JSON list of 1 to ${MOST_READS} addresses of this API`,
              })
              return z.NEVER
            }
          }),
      }),
      produces: ['application/jsonl'],
      response: { 200: z.unknown() },
    },
  },
} as const satisfies Routes

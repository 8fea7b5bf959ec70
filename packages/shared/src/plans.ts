import * as z from 'zod'
import { ClientId } from './clients.ts'
import { OfUser } from './cluster.ts'
import { Instant } from './figure.ts'
import { GivenName } from './given-name.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

/** What is priced; the order in which lines stand. Operations are priced by the thousand. */
export const PRICED = ['storage', 'egress', 'put', 'get', 'list', 'other'] as const
export const Priced = z.enum(PRICED)
export type Priced = z.infer<typeof Priced>

const MOST_UNITS = 1_000_000_000

/** In the currency of the plan, to a millionth. */
const Amount = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, { error: said`must be an amount such as 0.0125` })
const PriceTier = z.strictObject({
  /** Units of the month, counted from the first one; `null` for all that are above. */
  upTo: z.int().min(1).max(MOST_UNITS).nullable(),
  price: Amount,
})

export const PlanPrice = z
  .strictObject({
    /** Units of a month that cost nothing. */
    included: z.int().min(0).max(MOST_UNITS),
    /** In order; the last one has no end. */
    tiers: z.array(PriceTier).min(1).max(10),
  })
  .superRefine(({ included, tiers }, context) => {
    const bounds = [included, ...tiers.slice(0, -1).map(({ upTo }) => upTo ?? 0)]
    const isRising = bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? 0))
    if (!isRising || tiers.at(-1)?.upTo !== null)
      context.addIssue({
        code: 'custom',
        path: ['tiers'],
        message: said`must rise above what is included, and only the last one has no end`,
        params: { code: 'tiers_out_of_order' },
      })
  })
export type PlanPrice = z.infer<typeof PlanPrice>

export const PlanDraft = z.strictObject({
  name: GivenName,
  /** Code of ISO 4217, such as `EUR`. */
  currency: z.string().regex(/^[A-Z]{3}$/, { error: said`must be three capital letters such as EUR` }),
  /** What storage and egress are priced by: 10^9 or 2^30 bytes. */
  unit: z.enum(['GB', 'GiB']),
  /** `storage` by unit and month, `egress` by unit, the others by a thousand operations. */
  prices: z.strictObject({
    storage: PlanPrice,
    egress: PlanPrice,
    put: PlanPrice,
    get: PlanPrice,
    list: PlanPrice,
    other: PlanPrice,
  }),
})
export type PlanDraft = z.infer<typeof PlanDraft>

export const Plan = z
  .object({
    id: z.string(),
    ...PlanDraft.shape,
    isDefault: z.boolean(),
    /** Clients and users that it was given to by name. */
    clients: z.int(),
    users: z.int(),
    changedAt: Instant,
  })
  .meta({ id: 'BillingPlan' })
export type Plan = z.infer<typeof Plan>

const ToClient = z.strictObject({ kind: z.literal('client'), clientId: ClientId })
const ToUser = z.strictObject({ kind: z.literal('user'), ...OfUser.shape })
const ToAll = z.strictObject({ kind: z.literal('default') })
/** Whom a plan is for: one user before the user's client, and that before all others. */
export const PlanHolder = z.discriminatedUnion('kind', [ToAll, ToClient, ToUser])
export type PlanHolder = z.infer<typeof PlanHolder>

export const PlanGiven = z
  .object({
    to: PlanHolder,
    planId: z.string(),
    /** Of the client or user; `null` when it is not known. */
    name: z.string().nullable(),
  })
  .meta({ id: 'PlanGiven' })
export type PlanGiven = z.infer<typeof PlanGiven>

const TAGS = ['billing'] as const
const SEE = { verb: 'billing.see', scope: 'fleet' } as const
const MANAGE = { verb: 'billing.manage', scope: 'fleet', sudo: true } as const
const OnePlan = z.strictObject({ planId: z.string().min(1).max(64) })
const Plans = z.object({ items: z.array(Plan), given: z.array(PlanGiven).max(10_000) })

export const plansRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/billing/plans',
    config: SEE,
    schema: { summary: 'Plans, and whom they are given to by name', tags: TAGS, response: { 200: Plans } },
  },
  create: {
    method: 'POST',
    url: '/api/v1/billing/plans',
    config: MANAGE,
    schema: {
      summary: 'Make a plan; the first one is for everybody',
      tags: TAGS,
      body: PlanDraft,
      response: { 201: Plan },
    },
  },
  change: {
    method: 'PUT',
    url: '/api/v1/billing/plans/:planId',
    config: MANAGE,
    schema: {
      summary: 'Change a plan, for all months that are not closed',
      tags: TAGS,
      params: OnePlan,
      body: PlanDraft,
      response: { 200: Plan },
    },
  },
  remove: {
    method: 'DELETE',
    url: '/api/v1/billing/plans/:planId',
    config: MANAGE,
    schema: {
      summary: 'Delete a plan that nobody has; closed months keep it',
      tags: TAGS,
      params: OnePlan,
      body: z.strictObject({ confirmName: z.string().max(64) }),
      response: { 204: z.void() },
    },
  },
  give: {
    method: 'PUT',
    url: '/api/v1/billing/plan-of',
    config: MANAGE,
    schema: {
      summary: 'Say which plan a user, a client or everybody else has; `null` for none of its own',
      tags: TAGS,
      body: z.strictObject({ to: PlanHolder, planId: z.string().min(1).max(64).nullable() }),
      response: { 200: Plans },
    },
  },
} as const satisfies Routes

import * as z from 'zod'
import { InCluster } from './cluster.ts'
import { Gap, GapKind } from './coverage.ts'
import { Instant } from './figure.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'
import { Range, rangeHolds } from './usage-query.ts'

/** A gap as its own page shows it: with what is known of its cause, and who accepted it. */
export const GapEntry = Gap.extend({
  /** Objects that the gateway listed for this stretch and that are not counted: quarantined, or gone before they were read. */
  objects: z.array(z.object({ name: z.string(), reason: z.string() })).max(20),
  /** The service has written nothing since, so it grows. */
  isLast: z.boolean(),
  acceptedBy: z.string().nullable(),
  acceptedAt: Instant.nullable(),
  note: z.string().nullable(),
}).meta({ id: 'GapEntry' })
export type GapEntry = z.infer<typeof GapEntry>

export const GapPage = z
  .object({
    /** Newest first. */
    items: z.array(GapEntry),
    /** Pass it as `after` to go on; `null` on the last page. */
    next: z.string().nullable(),
    matching: z.int(),
    /** All open ones of the cluster, whatever the filter. */
    open: z.int(),
    /** Gateway services that have gaps. */
    services: z.array(z.string()),
  })
  .meta({ id: 'GapPage' })
export type GapPage = z.infer<typeof GapPage>

const ServiceId = z.string().regex(/^[0-9a-f]{16}$/i, { error: said`must be 16 hex digits` })

/**
 * `accept`: nothing is missing in that stretch. `gone`: the service is no more, and its silence from `from` on is no gap
 * until it writes again. `reopen` takes either back.
 */
const GapDecision = z.enum(['accept', 'gone', 'reopen'])
export type GapDecision = z.infer<typeof GapDecision>

export const gapsRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/gaps',
    config: { verb: 'statistics.see', scope: 'fleet' },
    schema: {
      summary: 'Stretches that the statistics objects of a gateway service do not cover exactly once, newest first',
      tags: ['usage'],
      params: InCluster,
      querystring: z.strictObject({
        serviceId: ServiceId.optional(),
        kind: GapKind.optional(),
        state: z.enum(['open', 'accepted']).optional(),
        after: z.string().max(64).optional(),
        limit: wholeInQuery(1, 500).optional(),
      }),
      response: { 200: GapPage },
    },
  },
  decide: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/gaps/decisions',
    config: { verb: 'statistics.decide', scope: 'fleet', sudo: true },
    schema: {
      summary: 'Say that nothing is missing in a stretch of a service, or take that back',
      tags: ['usage'],
      params: InCluster,
      body: Range.extend({
        serviceId: ServiceId,
        decision: GapDecision,
        /** Why, for those who read it later. */
        note: z.string().max(500).normalize().optional(),
      }).superRefine(rangeHolds),
      /** How many gaps it touched. */
      response: { 200: z.object({ gaps: z.int() }) },
    },
  },
} as const satisfies Routes

import * as z from 'zod'
import { InCluster } from './cluster.ts'
import { Instant, Whole } from './figure.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

/** `s3-usage-<gateway service>-<start, ISO 8601 UTC>-<nominal period in seconds>` (docs/gateway-wire.md). */
const StatisticsName = z
  .string()
  .max(128)
  .regex(/^s3-usage-[0-9a-f]{16}-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z-\d{1,9}$/i, {
    error: said`must look like s3-usage-8000000000000065-2026-11-01T00:00:00.000Z-1800`,
  })

/**
 * `listed`: seen at the gateway, not read yet. `open`: stored, may still grow. `closed`: stored and final.
 * `quarantined`: cannot be true or cannot be read; not counted until an admin decides. `excluded`: an admin decided that it
 * does not count. `gone`: no longer at the gateway; what was stored stays.
 */
export const StatisticsState = z.enum(['listed', 'open', 'closed', 'quarantined', 'excluded', 'gone'])
export type StatisticsState = z.infer<typeof StatisticsState>

/**
 * What an admin may decide about a quarantined object. `assign`: it counts from another start. `count`: it counts as it
 * is. `exclude`: it never counts. `reread`: read it again now. `withdraw`: back to the quarantine.
 */
export const StatisticsDecision = z.enum(['assign', 'count', 'exclude'])
export type StatisticsDecision = z.infer<typeof StatisticsDecision>

export const StatisticsObject = z
  .object({
    name: z.string(),
    serviceId: z.string(),
    startedAt: Instant,
    /** From the name. */
    nominalSeconds: z.int(),
    /** From the body: what is really covered; `null` before the first read. */
    periodSeconds: z.int().nullable(),
    state: StatisticsState,
    /** `null` before the first read. */
    itemCount: z.int().nullable(),
    readAt: Instant.nullable(),
    /** Why it was quarantined; `null` when it never was. It stays when an admin decided. */
    reason: z.string().nullable(),
    /** What an admin decided about it; `null` when nobody did. */
    decision: StatisticsDecision.nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: Instant.nullable(),
  })
  .meta({ id: 'StatisticsObject' })
export type StatisticsObject = z.infer<typeof StatisticsObject>

/** One row of an object, with the gateway's own field names kept in words. */
export const StatisticsItem = z
  .object({
    bucket: z.string(),
    epoch: Whole,
    userId: z.string(),
    tag: z.string(),
    putOps: Whole,
    getOps: Whole,
    listOps: Whole,
    otherOps: Whole,
    uploadedBytes: Whole,
    downloadedBytes: Whole,
  })
  .meta({ id: 'StatisticsItem' })
export type StatisticsItem = z.infer<typeof StatisticsItem>

export const StatisticsDetail = StatisticsObject.extend({
  formatVersion: z.int().nullable(),
  items: z.array(StatisticsItem),
  /** A verified backup holds it, final and as it is now. */
  isBackedUp: z.boolean(),
  /** Stored, closed and, where the console takes backups, in a verified one: free to be deleted at the gateway. */
  safeToDelete: z.boolean(),
}).meta({ id: 'StatisticsDetail' })
export type StatisticsDetail = z.infer<typeof StatisticsDetail>

export const StatisticsPage = z
  .object({
    items: z.array(StatisticsObject),
    /** Pass it as `after` to go on; `null` on the last page. */
    next: z.string().nullable(),
    /** Objects that match the filter. */
    matching: z.int(),
    /** Gateway services that have objects. */
    services: z.array(z.string()),
    /** When the gateway's list was last read; `null` before the first time. */
    listedAt: Instant.nullable(),
  })
  .meta({ id: 'StatisticsPage' })
export type StatisticsPage = z.infer<typeof StatisticsPage>

const tags = ['statistics']
const OneObject = InCluster.extend({ name: StatisticsName })

export const statisticsRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/statistics',
    config: { verb: 'statistics.see', scope: 'fleet' },
    schema: {
      summary: 'List statistics objects, newest first',
      tags,
      params: InCluster,
      querystring: z.strictObject({
        after: StatisticsName.optional(),
        limit: wholeInQuery(1, 500).optional(),
        serviceId: z
          .string()
          .regex(/^[0-9a-f]{16}$/i, { error: said`must be 16 hex digits` })
          .optional(),
        state: StatisticsState.optional(),
      }),
      response: { 200: StatisticsPage },
    },
  },
  read: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/statistics/:name',
    config: { verb: 'statistics.see', scope: 'fleet' },
    schema: {
      summary: 'One statistics object with its rows',
      tags,
      params: OneObject,
      response: { 200: StatisticsDetail },
    },
  },
  decide: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/statistics/:name/decision',
    config: { verb: 'statistics.decide', scope: 'fleet', sudo: true },
    schema: {
      summary: 'Decide about a quarantined object',
      tags,
      params: OneObject,
      body: z.strictObject({
        decision: z.enum([...StatisticsDecision.options, 'reread', 'withdraw']),
        /** For `assign`: when the period really began, in UTC. */
        startedAt: z.iso.datetime({ error: said`must be a UTC time such as 2026-11-01T00:00:00Z` }).optional(),
      }),
      response: { 200: StatisticsObject },
    },
  },
  remove: {
    method: 'DELETE',
    url: '/api/v1/clusters/:cluster/statistics/:name',
    config: { verb: 'statistics.decide', scope: 'fleet', sudo: true },
    schema: {
      summary: 'Delete a stored and closed object at the gateway; its figures stay in the console',
      tags,
      params: OneObject,
      body: z.strictObject({ confirmName: z.string().max(128) }),
      response: { 204: z.void() },
    },
  },
} as const satisfies Routes

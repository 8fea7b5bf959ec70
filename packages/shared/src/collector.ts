import * as z from 'zod'
import { InCluster } from './cluster.ts'
import { Instant } from './figure.ts'
import type { Routes } from './route.ts'

/**
 * `off`: the gateway lists no statistics objects, so statistics are probably switched off there. `standby`: another
 * process on the same store collects. `store-failing`: the store takes nothing, so nothing is collected or deleted.
 */
export const CollectorState = z.enum([
  'starting',
  'catching-up',
  'up-to-date',
  'off',
  'standby',
  'failing',
  'store-failing',
])
export type CollectorState = z.infer<typeof CollectorState>

/** Yesterday, counted again from the raw bodies and compared with the stored rows. */
export const Recount = z
  .object({
    /** The day in UTC that was counted again. */
    day: Instant,
    at: Instant,
    objects: z.int(),
    /** Objects whose raw body is no longer kept, so that they could not be counted again. */
    objectsWithoutBody: z.int(),
    /** Sums of users, buckets and hours that differ; 0 is the only good answer. */
    differences: z.int(),
    /** The first differences in words; `null` when there are none. */
    detail: z.string().nullable(),
  })
  .meta({ id: 'Recount' })
export type Recount = z.infer<typeof Recount>

export const Backup = z
  .object({
    /** What was committed before this instant is in it. */
    takenAt: Instant,
    /** When its files were read back and found to hold what was written. */
    verifiedAt: Instant,
    rows: z.int(),
    bytes: z.int(),
  })
  .meta({ id: 'Backup' })
export type Backup = z.infer<typeof Backup>

export const Collector = z
  .object({
    state: CollectorState,
    /** Why it fails or waits, in one sentence; `null` otherwise. */
    detail: z.string().nullable(),
    since: Instant,
    collectedAt: Instant.nullable(),
    /** Nothing new was collected since this instant, for longer than it should be; `null` when all is well. */
    staleSince: Instant.nullable(),
    historyFrom: Instant.nullable(),
    completeUntil: Instant.nullable(),
    objectsListed: z.int(),
    objectsStored: z.int(),
    objectsPending: z.int(),
    objectsQuarantined: z.int(),
    /** Over the last minute; `null` when nothing was read. */
    objectsPerSecond: z.number().nullable(),
    /** Stretches that no object covers and that nobody accepted. */
    gapsOpen: z.int(),
    /** Bucket and user sizes were last sampled then; `null` before the first time. */
    sampledAt: Instant.nullable(),
    retention: z.object({
      /** Whether the console deletes objects at the gateway by itself. */
      enabled: z.boolean(),
      /** Days that a final object is left at the gateway at least. */
      days: z.int(),
      /** Closed, committed, in a verified backup and still at the gateway. */
      safeToDelete: z.int(),
      /** Deleted by the console so far. */
      deleted: z.int(),
    }),
    /** `null` before the first time. */
    recount: Recount.nullable(),
    /** The newest that was read back; `null` before the first one. */
    backup: Backup.nullable(),
    /** When a later backup than that failed; `null` when none did. */
    backupFailedAt: Instant.nullable(),
  })
  .meta({ id: 'Collector' })
export type Collector = z.infer<typeof Collector>

export const collectorRoutes = {
  status: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/usage/collector',
    config: { verb: 'usage.see', scope: 'fleet' },
    schema: {
      summary: 'How far the collector has come, and what it found',
      tags: ['usage'],
      params: InCluster,
      response: { 200: Collector },
    },
  },
} as const satisfies Routes

import * as z from 'zod'
import { OfBucket } from './cluster.ts'
import { Instant } from './figure.ts'
import type { Routes } from './route.ts'

export const ReplicationRule = z
  .object({
    id: z.string().nullable(),
    status: z.string().nullable(),
    priority: z.string().nullable(),
    /** What the names of the objects begin with; empty for all objects. */
    prefix: z.string(),
    /** It holds only for objects with certain tags, which are not shown here. */
    byTag: z.boolean(),
    /** Whether deletions are replicated, in the gateway's word. */
    deleteMarkers: z.string().nullable(),
    destinationBucket: z.string().nullable(),
  })
  .meta({ id: 'ReplicationRule' })
export type ReplicationRule = z.infer<typeof ReplicationRule>

export const Replication = z
  .object({
    /** `not-allowed`: the gateway does not show it to the key of the console. */
    state: z.enum(['configured', 'none', 'not-allowed', 'not-supported']),
    /** Why it cannot be shown. */
    detail: z.string().nullable(),
    /** The other cluster, without the keys that the gateway gives with it. */
    remote: z.string().nullable(),
    rules: z.array(ReplicationRule),
    readAt: Instant,
  })
  .meta({ id: 'Replication' })
export type Replication = z.infer<typeof Replication>

export const replicationRoutes = {
  read: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/buckets/:bucket/replication',
    config: { verb: 'bucket.see', scope: 'bucket' },
    schema: {
      summary: 'Read where a bucket is replicated to; never the keys of the other cluster',
      tags: ['buckets'],
      params: OfBucket,
      response: { 200: Replication },
    },
  },
} as const satisfies Routes

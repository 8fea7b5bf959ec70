import * as z from 'zod'
import { Instant } from './figure.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

export const ClusterId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, {
  error: said`must be lower-case letters, digits and hyphens`,
})
export const InCluster = z.strictObject({ cluster: ClusterId })
export const OfUser = InCluster.extend({ userId: z.string().min(1).max(64) })
export const OfBucket = InCluster.extend({ bucket: z.string().min(1).max(4096) })

export const Cluster = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Scheme, host and port of the gateway. */
    endpoint: z.string(),
    /** The access key id the console signs with; its secret never leaves the BFF. */
    accessKeyId: z.string(),
    signature: z.enum(['v2', 'v4']),
    /** The gateway is the simulator and every figure is invented. */
    demo: z.boolean(),
  })
  .meta({ id: 'Cluster' })
export type Cluster = z.infer<typeof Cluster>

/** What stands between the console and the gateway; the page says for each what to do. */
export const ConnectionState = z.enum([
  'ok',
  'unreachable',
  'tls',
  'wrong-key',
  'not-system-user',
  'clock',
  'not-ostor',
  'refused',
])
export type ConnectionState = z.infer<typeof ConnectionState>

export const Connection = z
  .object({
    state: ConnectionState,
    /** Since when the state is what it is, as far as this process saw. */
    since: Instant,
    checkedAt: Instant,
    /** One sentence from the failure, made safe to show; `null` when all is well. */
    detail: z.string().nullable(),
    /** Gateway clock minus our clock; `null` when the gateway did not say. */
    clockSkewSeconds: z.number().nullable(),
    /** Time of the last good answer; `null` when there was none since the start. */
    lastOkAt: Instant.nullable(),
    latencyMs: z.number().nullable(),
  })
  .meta({ id: 'Connection' })
export type Connection = z.infer<typeof Connection>

/** What the head of every page says, in one request. */
export const ClusterHealth = Connection.extend({
  /** When usage was last collected: `null` before the first time, left out while the store does not answer. */
  collectedAt: Instant.nullable().optional(),
}).meta({ id: 'ClusterHealth' })
export type ClusterHealth = z.infer<typeof ClusterHealth>

export const clusterRoutes = {
  list: {
    method: 'GET',
    url: '/api/v1/clusters',
    config: { verb: 'cluster.see', scope: 'none' },
    schema: {
      summary: 'List the clusters this console manages',
      tags: ['clusters'],
      response: { 200: z.array(Cluster) },
    },
  },
  connection: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/connection',
    config: { verb: 'cluster.see', scope: 'none' },
    schema: {
      summary: 'Whether the gateway answers, since when, and what is wrong if not',
      tags: ['clusters'],
      params: InCluster,
      response: { 200: ClusterHealth },
    },
  },
  checkConnection: {
    method: 'POST',
    url: '/api/v1/clusters/:cluster/connection/check',
    config: { verb: 'cluster.see', scope: 'none' },
    schema: {
      summary: 'Ask the gateway now',
      tags: ['clusters'],
      params: InCluster,
      body: z.strictObject({}),
      response: { 200: ClusterHealth },
    },
  },
} as const satisfies Routes

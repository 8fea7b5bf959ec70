import * as z from 'zod'
import { InCluster } from './cluster.ts'
import { Instant } from './figure.ts'
import type { Routes } from './route.ts'

/** Where gateways differ in what they say and take, and the ways that are known. */
export const DIALECT = {
  userList: ['bare', 'wrapped'],
  accounts: ['yes', 'no'],
  /** Sizes in the list of users (`space`). */
  userSizes: ['yes', 'no'],
  /** One bucket asked for by its name. */
  oneBucket: ['yes', 'no'],
  quotas: ['yes', 'no'],
  replication: ['yes', 'no'],
  /** What the answer to a new key holds. */
  newKey: ['all-pairs', 'new-pair'],
  /** `A` sets a whole group of limits at once, `B` one limit in each call. */
  limitsForm: ['A', 'B'],
  /** By what operations are counted when they are written. */
  formACounts: ['per-minute', 'per-second'],
  formBCounts: ['per-minute', 'per-second'],
  /** What the size of a quota counts when it is read: GB, bytes of 10^9 to the GB, or bytes of 2^30. */
  quotaUnit: ['gb', 'bytes', 'binary-bytes'],
} as const satisfies Record<string, readonly [string, ...string[]]>

export type Topic = keyof typeof DIALECT
export type Way<T extends Topic = Topic> = (typeof DIALECT)[T][number]

export const isTopic = (name: string): name is Topic => Object.hasOwn(DIALECT, name)
export const TOPICS = Object.keys(DIALECT).filter(isTopic)

export const GATEWAY_VERSIONS = [
  '2.0',
  '2.4',
  '3.0',
  '3.5',
  '4.5',
  '4.6',
  '4.7',
  '5.0',
  '5.4',
  '6.1',
  '6.2',
  '6.3',
  '7.0',
  '7.1',
  '7.2',
  '7.3',
  '7.4',
] as const
export type GatewayVersion = (typeof GATEWAY_VERSIONS)[number]

export const Fact = z
  .object({
    topic: z.enum(TOPICS),
    /** One of the ways of `DIALECT`; `null` when it is not known. */
    way: z.string().nullable(),
    /** Set by hand, which wins, or learned from an answer; `null` when it is not known. */
    source: z.enum(['set', 'learned']).nullable(),
    learnedAt: Instant.nullable(),
    /** The answer that it was learned from, or the setting, in one sentence. */
    from: z.string().nullable(),
  })
  .meta({ id: 'DialectFact' })
export type Fact = z.infer<typeof Fact>

export const Dialect = z
  .object({
    version: z.object({
      /** As set by hand. */
      set: z.enum(GATEWAY_VERSIONS).nullable(),
      /** The first version that has all that this gateway was seen to have; `null` when nothing tells. */
      atLeast: z.string().nullable(),
      /** The first version that has something that this gateway was seen not to have. */
      before: z.string().nullable(),
    }),
    facts: z.array(Fact),
  })
  .meta({ id: 'Dialect' })
export type Dialect = z.infer<typeof Dialect>

export const dialectRoutes = {
  read: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/dialect',
    config: { verb: 'cluster.see', scope: 'none' },
    schema: {
      summary: 'What the answers of the gateway taught about its version and its ways',
      tags: ['clusters'],
      params: InCluster,
      response: { 200: Dialect },
    },
  },
} as const satisfies Routes

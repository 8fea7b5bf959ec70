import * as z from 'zod'
import { OfBucket, OfUser } from './cluster.ts'
import { Instant } from './figure.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'

/** Operations per second; the largest that still fits 31 bits as a number per minute, as some gateways take it. */
export const MAX_OPS_PER_SECOND = 35_000_000
/** The gateway's own label is "kb/s". */
export const MAX_BANDWIDTH = 2_000_000_000

/** A number that is to be set, up to a largest one. 0 has no place here: the gateway reads it as unlimited. */
export const newLimit = (max: number, unit: 'operations per second' | 'kb/s' | 'GB') => {
  const words = wordsOf(unit, max)
  return z
    .union([z.literal('unlimited'), z.number()], { error: words.wholeOrUnlimited })
    .superRefine((value, context) => {
      if (value === 'unlimited') return
      const fail = (code: string, message: string) => context.addIssue({ code: 'custom', message, params: { code } })
      if (value === 0) fail('zero_means_unlimited', said`The gateway reads 0 as unlimited: choose "unlimited" instead`)
      else if (!Number.isInteger(value)) fail('whole_number_required', words.whole)
      else if (value < 0) fail('negative', said`must be above 0`)
      else if (value > max) fail('too_large', words.most)
    })
}

const wordsOf = (unit: string, max: number) =>
  unit === 'operations per second'
    ? {
        wholeOrUnlimited: said`must be a whole number of operations per second, or "unlimited"`,
        whole: said`must be a whole number of operations per second`,
        most: said`must be at most ${max} operations per second`,
      }
    : {
        wholeOrUnlimited: said`must be a whole number of ${unit}, or "unlimited"`,
        whole: said`must be a whole number of ${unit}`,
        most: said`must be at most ${max} ${unit}`,
      }

/** A limit that is to be set. 0 has no place here: the gateway reads it as unlimited. */
export const NewOpsLimit = newLimit(MAX_OPS_PER_SECOND, 'operations per second')
export const NewBandwidthLimit = newLimit(MAX_BANDWIDTH, 'kb/s')

/** A limit as the gateway reports it: a positive number, with up to two decimals, or unlimited. */
export const Limit = z.union([z.literal('unlimited'), z.number().positive()]).meta({ id: 'Limit' })
export type Limit = z.infer<typeof Limit>

export const OPS = ['default', 'get', 'put', 'list', 'delete'] as const
export type Op = (typeof OPS)[number]

export const Limits = z
  .object({
    opsPerSecond: z.object({ default: Limit, get: Limit, put: Limit, list: Limit, delete: Limit }),
    /** In the gateway's "kb/s"; whether bits or bytes is not documented. */
    bandwidth: z.object({ out: Limit }),
    /** The gateway said that no limits are set here, rather than a value for each. */
    unset: z.boolean(),
    readAt: Instant,
    /** Changes with the values; send it as `if-match`. */
    version: z.string(),
  })
  .meta({ id: 'Limits' })
export type Limits = z.infer<typeof Limits>

/** Fields left out keep their value. */
export const LimitsChange = z
  .strictObject({
    opsPerSecond: z
      .strictObject({
        default: NewOpsLimit.optional(),
        get: NewOpsLimit.optional(),
        put: NewOpsLimit.optional(),
        list: NewOpsLimit.optional(),
        delete: NewOpsLimit.optional(),
      })
      .optional(),
    bandwidth: z.strictObject({ out: NewBandwidthLimit.optional() }).optional(),
  })
  .refine(
    ({ opsPerSecond, bandwidth }) =>
      Object.values({ ...opsPerSecond, ...bandwidth }).some((value) => value !== undefined),
    {
      error: said`Name at least one limit that is to be changed`,
      params: { code: 'nothing_to_change' },
      when: ({ issues }) => issues.length === 0,
    },
  )
  .meta({ id: 'LimitsChange' })
export type LimitsChange = z.infer<typeof LimitsChange>

const tags = ['limits']
export const IfMatch = z.object({ 'if-match': z.string().max(128).optional() })
const Removal = z.strictObject({ group: z.enum(['opsPerSecond', 'bandwidth', 'all']) })

export const limitsRoutes = {
  readOfUser: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/users/:userId/limits',
    config: { verb: 'user.see', scope: 'user' },
    schema: { summary: 'Read the limits of a user', tags, params: OfUser, response: { 200: Limits } },
  },
  changeOfUser: {
    method: 'PUT',
    url: '/api/v1/clusters/:cluster/users/:userId/limits',
    config: { verb: 'limit.change', scope: 'user' },
    schema: {
      summary: 'Change limits of a user; what is left out stays',
      tags,
      params: OfUser,
      headers: IfMatch,
      body: LimitsChange,
      response: { 200: Limits },
    },
  },
  removeOfUser: {
    method: 'DELETE',
    url: '/api/v1/clusters/:cluster/users/:userId/limits',
    config: { verb: 'limit.change', scope: 'user' },
    schema: {
      summary: 'Remove limits of a user: all, or one group',
      tags,
      params: OfUser,
      body: Removal,
      response: { 200: Limits },
    },
  },
  readOfBucket: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/buckets/:bucket/limits',
    config: { verb: 'user.see', scope: 'bucket' },
    schema: { summary: 'Read the limits of a bucket', tags, params: OfBucket, response: { 200: Limits } },
  },
  changeOfBucket: {
    method: 'PUT',
    url: '/api/v1/clusters/:cluster/buckets/:bucket/limits',
    config: { verb: 'limit.change', scope: 'bucket' },
    schema: {
      summary: 'Change limits of a bucket; what is left out stays',
      tags,
      params: OfBucket,
      headers: IfMatch,
      body: LimitsChange,
      response: { 200: Limits },
    },
  },
  removeOfBucket: {
    method: 'DELETE',
    url: '/api/v1/clusters/:cluster/buckets/:bucket/limits',
    config: { verb: 'limit.change', scope: 'bucket' },
    schema: {
      summary: 'Remove limits of a bucket: all, or one group',
      tags,
      params: OfBucket,
      body: Removal,
      response: { 200: Limits },
    },
  },
} as const satisfies Routes

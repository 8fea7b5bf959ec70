import * as z from 'zod'
import { InCluster } from './cluster.ts'
import { Source } from './coverage.ts'
import { Instant, Whole } from './figure.ts'
import { MAX_BANDWIDTH, MAX_OPS_PER_SECOND } from './limits.ts'
import { wholeInQuery } from './query.ts'
import type { Routes } from './route.ts'
import { said } from './said.ts'
import { Subject } from './usage-query.ts'

/** The period with the highest mean: `amount` operations or bytes in so many seconds. */
export const HighestMean = z
  .object({ at: Instant, seconds: z.int(), amount: Whole })
  .meta({ id: 'LimitTrialHighestMean' })
export type HighestMean = z.infer<typeof HighestMean>

/** What the means of the known periods prove. A mean above the limit proves that it was over; one below proves nothing. */
export const TrialFinding = z
  .object({
    /** Known periods whose mean was above the limit; for bandwidth, also with the largest "kb", of 1024 bytes. */
    periodsOver: z.int(),
    /** The same with the smallest "kb", of 1000 bits; `null` for operations. */
    periodsOverInBits: z.int().nullable(),
    /** What was beyond the limit in the periods of `periodsOver`: operations, or bytes. A tolerated burst counts in it. */
    beyond: Whole,
    /** `null` when no known period has any. */
    highest: HighestMean.nullable(),
  })
  .meta({ id: 'LimitTrialFinding' })
export type TrialFinding = z.infer<typeof TrialFinding>

export const TRIAL_FIELDS = ['default', 'get', 'put', 'list', 'delete', 'out'] as const
export type TrialField = (typeof TRIAL_FIELDS)[number]

export const LimitOnPast = z
  .object({
    field: z.enum(TRIAL_FIELDS),
    limit: z.int(),
    /** `null` where the statistics do not tell: what `default` and `delete` limit is counted as one there. */
    finding: TrialFinding.nullable(),
  })
  .meta({ id: 'LimitOnPast' })
export type LimitOnPast = z.infer<typeof LimitOnPast>

/** One span up to now. A period is what one statistics object of one gateway covers. */
export const TrialWindow = z
  .object({
    days: z.int(),
    /** Closed, or silent as an admin accepted. */
    periodsKnown: z.int(),
    /** Not final yet, missing or not counted. What lies before the history is in neither number. */
    periodsUnknown: z.int(),
    /** The longest nominal period in it; `null` while there is none. */
    periodSeconds: z.int().nullable(),
    /** Gateway services that have periods in it. */
    gateways: z.int(),
    /** In the order of the limits form. */
    limits: z.array(LimitOnPast),
    source: Source,
  })
  .meta({ id: 'LimitTrialWindow' })
export type TrialWindow = z.infer<typeof TrialWindow>

export const LimitTrial = z
  .object({
    to: Instant,
    /** The last 7 days, and the last 28. */
    windows: z.array(TrialWindow).length(2),
  })
  .meta({ id: 'LimitTrial' })
export type LimitTrial = z.infer<typeof LimitTrial>

const proposed = (max: number) => wholeInQuery(1, max).optional()
const ops = proposed(MAX_OPS_PER_SECOND)

const ofOne = ({ userId, bucket }: { userId?: string | undefined; bucket?: string | undefined }): boolean =>
  (userId === undefined) !== (bucket === undefined)

export const limitTrialRoutes = {
  read: {
    method: 'GET',
    url: '/api/v1/clusters/:cluster/usage/limit-trial',
    config: { verb: 'usage.see', scope: 'subject' },
    schema: {
      summary: 'Try limits on the past: in how many known periods the mean of a user or a bucket was above them',
      tags: ['usage'],
      params: InCluster,
      querystring: z
        .strictObject({
          /** Either of the two. */
          ...Subject,
          /** Operations per second. */
          default: ops,
          get: ops,
          put: ops,
          list: ops,
          delete: ops,
          /** In the gateway's "kb/s". */
          out: proposed(MAX_BANDWIDTH),
        })
        .refine(ofOne, { error: said`name either a user or a bucket`, path: ['userId'] }),
      response: { 200: LimitTrial },
    },
  },
} as const satisfies Routes

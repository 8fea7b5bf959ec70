import * as z from 'zod'
import { Instant } from './figure.ts'

/**
 * How much of a span is known. `complete`: every period of every gateway service is stored and closed. `partial`: some
 * are, so the sums say "at least". `unknown`: none is; there is no figure, and no zero either.
 */
export const Coverage = z.enum(['complete', 'partial', 'unknown'])
export type Coverage = z.infer<typeof Coverage>

/**
 * `missing`: no statistics object covers this stretch. `short`: the object before it ended before its nominal end.
 * `overlap`: two objects of one service cover it, and both are counted.
 */
export const GapKind = z.enum(['missing', 'short', 'overlap'])
export type GapKind = z.infer<typeof GapKind>

/** A stretch of one gateway service that its statistics objects do not cover exactly once. */
export const Gap = z
  .object({
    serviceId: z.string(),
    kind: GapKind,
    from: Instant,
    to: Instant,
    /** Nominal periods that lie in it, rounded, at least 1. */
    periods: z.int(),
    /** An admin has said that nothing is missing here; it does not make figures incomplete. */
    accepted: z.boolean(),
  })
  .meta({ id: 'Gap' })
export type Gap = z.infer<typeof Gap>

/** What one gateway service contributes to a range. */
export const ServiceCoverage = z
  .object({
    serviceId: z.string(),
    periodsExpected: z.int(),
    periodsMissing: z.int(),
    /** `null` while nothing of it is final. */
    completeUntil: Instant.nullable(),
  })
  .meta({ id: 'ServiceCoverage' })
export type ServiceCoverage = z.infer<typeof ServiceCoverage>

/** What a sum or a series rests on. */
export const Source = z
  .object({
    coverage: Coverage,
    /** Statistics objects that start in the range, and how many of them are stored and closed. */
    objectsListed: z.int(),
    objectsClosed: z.int(),
    /** Over all services: periods that the range should have, and those of which nothing is stored. */
    periodsExpected: z.int(),
    periodsMissing: z.int(),
    /** The services that lack periods in the range, those that lack most first, at most 20. */
    services: z.array(ServiceCoverage),
    /** No figure is known before this instant; `null` while nothing is stored. */
    historyFrom: Instant.nullable(),
    /** Everything between `historyFrom` and here, gaps left aside, is complete; `null` while nothing is. */
    completeUntil: Instant.nullable(),
    /** When the collector last listed the gateway's objects; `null` before the first time. */
    collectedAt: Instant.nullable(),
    /** The range reaches past what is settled, and nothing new was collected since this instant; `null` when it was. */
    staleSince: Instant.nullable(),
  })
  .meta({ id: 'UsageSource' })
export type Source = z.infer<typeof Source>

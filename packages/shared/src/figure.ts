import * as z from 'zod'

/** A non-negative integer of any size as decimal text: JSON numbers are exact only to 2^53. */
export const Whole = z.string().regex(/^\d+$/).meta({ id: 'Whole' })
export type Whole = z.infer<typeof Whole>

/** An instant in UTC, ISO 8601. */
export const Instant = z.iso.datetime().meta({ id: 'Instant' })
export type Instant = z.infer<typeof Instant>

/** Where a list that was read from the gateway stands in time. */
export const Freshness = z
  .object({
    /** When the gateway gave these figures. */
    asOf: Instant,
    /** Why the figures are older than they should be, in one sentence; `null` when they are fresh. */
    staleReason: z.string().nullable(),
  })
  .meta({ id: 'Freshness' })
export type Freshness = z.infer<typeof Freshness>

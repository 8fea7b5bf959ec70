import * as z from 'zod'
import { said } from './said.ts'

const MAX_RANGE_DAYS = 400

/** `from` is inside the range, `to` is not. At most 400 days. Times are UTC. */
export const Range = z.strictObject({
  from: z.iso.datetime({ error: said`must be a UTC time such as 2026-11-01T00:00:00Z` }),
  to: z.iso.datetime({ error: said`must be a UTC time such as 2026-11-01T00:00:00Z` }),
})

export const rangeHolds = ({ from, to }: { from: string; to: string }, context: z.RefinementCtx): void => {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  const fail = (path: string, code: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message, params: { code } })
  if (Date.parse(from) < Date.UTC(2010, 0, 1)) fail('from', 'range_too_early', said`must not lie before 2010`)
  if (days <= 0) fail('to', 'range_reversed', said`must lie after "from"`)
  if (days > MAX_RANGE_DAYS) fail('to', 'range_too_long', said`must lie at most ${MAX_RANGE_DAYS} days after "from"`)
}

/** The whole cluster when neither is given. */
export const Subject = {
  userId: z.string().min(1).max(64).optional(),
  bucket: z.string().min(1).max(4096).optional(),
}

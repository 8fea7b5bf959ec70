import type { Limit } from '@ostor-console/shared/limits'

/** The largest that the console sets, in the gateway's "GB". */
export const MOST = 1_000_000_000

/** What was typed as a size, or why it is none. Nothing is guessed from `1e3` or `1,000`. */
export const sizeOf = (text: string): { size: Limit } | { error: string } => {
  const typed = text.trim()
  if (!/^\d+$/.test(typed)) return { error: 'must be a whole number of GB' }
  if (/^0+$/.test(typed)) return { error: 'The gateway reads 0 as unlimited: choose "Unlimited" instead' }
  const size = Number(typed)
  return size > MOST ? { error: `must be at most ${MOST.toLocaleString('en')} GB` } : { size }
}

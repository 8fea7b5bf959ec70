import { t } from '@lingui/core/macro'
import type { Limit } from '@ostor-console/shared/limits'
import { formatCount } from '../../format/counts.ts'
import { formatGb } from '../../format/quotas.ts'

/** The largest that the console sets, in the gateway's "GB". */
export const MOST = 1_000_000_000

/** What was typed as a size, or why it is none. Nothing is guessed from `1e3` or `1,000`. */
export const sizeOf = (text: string): { size: Limit } | { error: string } => {
  const typed = text.trim()
  if (!/^\d+$/.test(typed)) return { error: t`must be a whole number of GB` }
  if (/^0+$/.test(typed)) return { error: t`The gateway reads 0 as unlimited: choose "Unlimited" instead` }
  const size = Number(typed)
  const most = formatCount(MOST)
  return size > MOST ? { error: t`must be at most ${most} GB` } : { size }
}

/** A quota as it is read: `unlimited`, `500 GB`. */
export const sizeText = (size: Limit): string => (size === 'unlimited' ? t`unlimited` : formatGb(size))

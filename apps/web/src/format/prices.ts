import { t } from '@lingui/core/macro'
import type { PlanPrice } from '@ostor-console/shared/plans'
import { formatCount } from './counts.ts'
import { formatMoney } from './money.ts'

/** `0.0130 up to 1,000, then 0.0100`. */
export const priceText = ({ included, tiers }: PlanPrice): string => {
  if (tiers.every(({ price }) => Number(price) === 0)) return t({ message: 'free', context: 'a price' })
  const count = formatCount(included)
  const parts = tiers.map(tierText)
  return (included > 0 ? [t`${count} included`, ...parts] : parts).reduce((before, next) => t`${before}, then ${next}`)
}

const tierText = ({ upTo, price }: PlanPrice['tiers'][number]): string => {
  const each = formatMoney(price, null)
  if (upTo === null) return each
  const count = formatCount(upTo)
  return t`${each} up to ${count}`
}

const LINE = /^(?:(\d+) included, then )?(.+)$/
const TIER = /^(\d+(?:\.\d+)?)(?: up to (\d+))?$/

/** The price in a line of the audit; `null` where it is none. */
export const priceIn = (line: string): PlanPrice | null => {
  const [, included = '0', rest = ''] = LINE.exec(line) ?? []
  const tiers = rest.split(', then ').flatMap((part) => {
    const [, price, upTo] = TIER.exec(part) ?? []
    return price === undefined ? [] : [{ price, upTo: upTo === undefined ? null : Number(upTo) }]
  })
  return tiers.length === rest.split(', then ').length ? { included: Number(included), tiers } : null
}

/** Money is counted in millionths of the currency: whole numbers, never floating point. */
export const MICRO = 1_000_000n
const MICRO_DIGITS = 6

export type Unit = 'GB' | 'GiB'
export const UNIT_BYTES = { GB: 1_000_000_000n, GiB: 1_073_741_824n } as const satisfies Record<Unit, bigint>

/** Operations are priced by the thousand. */
export const OPERATIONS = 1000n

/** Currencies without a smaller unit. All others are rounded to hundredths, as WHMCS keeps them. */
const WHOLE = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ')
const decimalsOf = (currency: string): 0 | 2 => (WHOLE.includes(currency) ? 0 : 2)

/** From a decimal such as `0.0125`, which has at most six digits behind the point. */
export const microOf = (decimal: string): bigint => {
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(decimal) ?? []
  if (whole === '') throw new RangeError(`${decimal} is no amount of money`)
  const micro = BigInt(whole) * MICRO + BigInt(part.padEnd(MICRO_DIGITS, '0'))
  return sign === '-' ? -micro : micro
}

/** With as many digits as the currency has, and more only where there are more. */
export const moneyText = (micro: bigint, currency: string): string => {
  const size = micro < 0n ? -micro : micro
  const decimals = decimalsOf(currency)
  const part = String(size % MICRO).padStart(MICRO_DIGITS, '0')
  const kept = part.slice(0, decimals) + part.slice(decimals).replace(/0+$/, '')
  return `${micro < 0n ? '-' : ''}${size / MICRO}${kept === '' ? '' : `.${kept}`}`
}

const floor = (numerator: bigint, denominator: bigint): bigint => {
  const whole = numerator / denominator
  return numerator % denominator < 0n ? whole - 1n : whole
}

/** To the nearest whole number; what lies in the middle goes up. The denominator is positive. */
export const roundHalfUp = (numerator: bigint, denominator: bigint): bigint =>
  floor(2n * numerator + denominator, 2n * denominator)

/** How much of something there was: `count` ÷ `per` units, exact. */
export type Quantity = { count: bigint; per: bigint }

/** Up to so many units in all, each costs so much; `null` for all that is above. In order. */
type Tier = { upTo: number | null; price: string }
/** Of the units of a month, those that are included cost nothing, and the others what their tier says. */
export type Price = { included: number; tiers: readonly Tier[] }

/** The part of a quantity that one tier prices. `from` and `to` are units of the month; `to` is `null` above all. */
export type Part = { from: number; to: number | null; price: string; count: bigint }

/** The parts that have something in them, the included one left out. */
export const partsOf = ({ included, tiers }: Price, { count, per }: Quantity): Part[] => {
  let from = included
  return tiers.flatMap(({ upTo, price }) => {
    const lower = BigInt(from) * per
    const upper = upTo === null || BigInt(upTo) * per > count ? count : BigInt(upTo) * per
    const part = { from, to: upTo, price, count: upper - lower }
    if (upTo !== null) from = upTo
    return part.count > 0n ? [part] : []
  })
}

/**
 * What a quantity costs, in millionths. The one rounding rule: all parts are added up exactly, and the sum is rounded
 * once, half up, to the smallest unit of the currency.
 */
export const amountOf = (price: Price, quantity: Quantity, currency: string): bigint => {
  const step = 10n ** BigInt(MICRO_DIGITS - decimalsOf(currency))
  const exact = partsOf(price, quantity).reduce((sum, part) => sum + part.count * microOf(part.price), 0n)
  return roundHalfUp(exact, quantity.per * step) * step
}

/** A quantity in its unit, to so many digits, rounded half up: for reading only, no amount is made from it. */
export const quantityText = ({ count, per }: Quantity, digits = 2): string => {
  const scaled = roundHalfUp(count * 10n ** BigInt(digits), per)
  const size = scaled < 0n ? -scaled : scaled
  const text = String(size).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return `${scaled < 0n ? '-' : ''}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ''}`
}

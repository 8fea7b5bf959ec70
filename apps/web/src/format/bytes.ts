import { plural } from '@lingui/core/macro'
import { formatCount } from './counts.ts'
import { decimalPoint, figure } from './locale.ts'
import { type ByteUnits, preferences } from './preferences.ts'

const UNITS = {
  binary: { base: 1024n, names: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'] },
  decimal: { base: 1000n, names: ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'] },
} as const

const scaled = (value: bigint, unit: bigint): string => {
  const whole = value / unit
  const places = whole >= 100n ? 0 : whole >= 10n ? 1 : 2
  const factor = 10n ** BigInt(places)
  const digits = ((value * factor * 2n + unit) / (unit * 2n)).toString().padStart(places + 1, '0')
  const fraction = places === 0 ? '' : digits.slice(-places).replace(/0+$/, '')
  return `${places === 0 ? digits : digits.slice(0, -places)}${fraction === '' ? '' : `${decimalPoint()}${fraction}`}`
}

/** Decimal text of any length → `1.24 GiB`: three digits, rounded half up, exact in between. */
export function formatBytes(bytes: string | bigint, units: ByteUnits = preferences().units): string {
  const value = BigInt(bytes)
  const { base, names } = UNITS[units]
  let power = 0
  let unit = 1n
  while (power < names.length - 1 && value >= unit * base) {
    unit *= base
    power += 1
  }
  // 1023.6 KiB rounds to the next unit's 1.
  const text = scaled(value, unit)
  if (power < names.length - 1 && BigInt(text.split(decimalPoint())[0] ?? '0') >= base)
    return figure(`1 ${names[power + 1]}`)
  return figure(`${text} ${names[power]}`)
}

/** Every digit: `1,331,439,861 bytes`. */
export function exactBytes(bytes: string | bigint): string {
  const value = BigInt(bytes)
  const digits = formatCount(value)
  return plural(Number(value), { one: `${digits} byte`, other: `${digits} bytes` })
}

/** The size of the largest unit that `largest` fills at least once, for an axis whose ticks are round in it. */
export function byteUnit(largest: number, units: ByteUnits = preferences().units): number {
  const base = Number(UNITS[units].base)
  let unit = 1
  while (largest >= unit * base && unit < base ** 8) unit *= base
  return unit
}

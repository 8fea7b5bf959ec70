/** An object from the wire, of which nothing is known yet. */
export type Wire = Readonly<Record<string, unknown>>

export const isWire = (value: unknown): value is Wire =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field by its name, else by its name in other letter case. */
export const field = (wire: Wire, name: string): unknown => {
  if (Object.hasOwn(wire, name)) return wire[name]
  const lower = name.toLowerCase()
  const other = Object.keys(wire).find((key) => key.toLowerCase() === lower)
  return other === undefined ? undefined : wire[other]
}

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** A whole number, also when it is written as text; `null` for anything else. */
export const wholeOf = (value: unknown): bigint | null => {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null
  return typeof value === 'string' && /^-?\d{1,40}$/.test(value) ? BigInt(value) : null
}

/** As `wholeOf`, but sizes and counts cannot be below 0. */
export const sizeOf = (value: unknown): bigint | null => {
  const whole = wholeOf(value)
  return whole !== null && whole >= 0n ? whole : null
}

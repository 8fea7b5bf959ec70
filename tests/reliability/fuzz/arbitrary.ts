import * as fc from 'fast-check'
import type { Api } from './api.ts'

/** Stands for a value that exists in the world at the time of the request, so that a seed gives the same requests. */
export class Known {
  readonly name: string
  readonly pick: number
  readonly isNumber: boolean

  constructor(name: string, pick: number, isNumber = false) {
    this.name = name
    this.pick = pick
    this.isNumber = isNumber
  }
}

const MOST_ITEMS = 5
/** Whole numbers that name something. */
const NUMBERED = ['clientId']

const mostly = (name: string, made: fc.Arbitrary<unknown>, isNumber = false): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.nat(10_000).map((pick) => new Known(name, pick, isNumber)) },
    { weight: 1, arbitrary: made },
  )

/** Valid values of a schema; those of a name that `isKnown` are mostly ones that exist. */
export const arbitraryOf = ({ resolve }: Api, isKnown: (name: string) => boolean) => {
  const text = (name: string, schema: ReturnType<Api['resolve']>): fc.Arbitrary<unknown> => {
    const { format, pattern, minLength = 0, maxLength = 64 } = schema
    const made = format === 'date-time' ? INSTANT : madeText(format, pattern, minLength, Math.min(maxLength, 64))
    return isKnown(name) ? mostly(name, made) : made
  }

  const of = (name: string, given: unknown): fc.Arbitrary<unknown> => {
    const schema = resolve(given)
    const choices = schema.anyOf ?? schema.oneOf
    if ('const' in schema) return fc.constant(schema.const)
    if (schema.enum) return fc.constantFrom(...schema.enum)
    if (choices) return fc.oneof(...choices.map((one) => of(name, one)))
    if (schema.type === 'string') return text(name, schema)
    if (schema.type === 'boolean') return fc.boolean()
    if (schema.type === 'null') return fc.constant(null)
    if (schema.type === 'integer' || schema.type === 'number') {
      const made = wholeBetween(schema.minimum, schema.maximum)
      return NUMBERED.includes(name) ? mostly(name, made, true) : made
    }
    if (schema.type === 'array') {
      const { minItems = 0, maxItems = MOST_ITEMS } = schema
      return fc.array(of(name, schema.items), {
        minLength: minItems,
        maxLength: Math.min(maxItems, minItems + MOST_ITEMS),
      })
    }
    if (schema.type === 'object') return objectOf(schema)
    return fc.jsonValue()
  }

  const objectOf = ({ properties = {}, required = [] }: ReturnType<Api['resolve']>) => {
    const fields = Object.entries(properties).map(([name, schema]) => [name, of(name, schema)] as const)
    return fc.record(Object.fromEntries(fields), { requiredKeys: required, noNullPrototype: true })
  }

  return of
}

/** Half are as small as most numbers that are given. */
const wholeBetween = (min = 0, max = 10_000_000): fc.Arbitrary<number> => {
  const [least, most] = [Math.max(min, -1000), Math.min(max, 10_000_000)]
  return fc.oneof(
    fc.integer({ min: least, max: most }),
    fc.integer({ min: Math.max(least, 0), max: Math.min(most, 12) }),
  )
}

const HOUR_MS = 3_600_000
// Around the time of the simulated gateway; an hour is what bounds of usage are cut to.
const INSTANT = fc.oneof(
  fc.integer({ min: -24 * 20, max: 24 * 20 }).map((hours) => new Known('instant', hours * HOUR_MS)),
  fc.integer({ min: -1e9, max: 1e9 }).map((ms) => new Known('instant', ms)),
)

const madeText = (format: string | undefined, pattern: string | undefined, min: number, max: number) => {
  if (format === 'email') return fc.stringMatching(/^[a-z]{1,12}@example\.com$/)
  if (format === 'uuid') return fc.uuid()
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'))
  return fc.string({ minLength: min, maxLength: Math.max(min, max) })
}

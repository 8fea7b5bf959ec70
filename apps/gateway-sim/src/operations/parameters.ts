import type { Settled } from '../options.ts'
import type { Parameter } from '../query.ts'
import { wrongParameters } from '../refusal.ts'

/** The parameters of one request, by name. */
export type Parameters = {
  /** Whether it was given at all, with or without a value. */
  has: (name: string) => boolean
  /** The value, where one was given and is not empty. */
  value: (name: string) => string | undefined
  /** How many of these were given. */
  count: (names: readonly string[]) => number
}

export const readParameters = (list: readonly Parameter[], repeated: Settled['repeatedParameters']): Parameters => {
  const values = new Map<string, string | null>()
  for (const { name, value } of list) {
    if (values.has(name) && repeated === 'refuse') throw wrongParameters(`The parameter ${name} is set more than once.`)
    if (!values.has(name) || repeated === 'last') values.set(name, value)
  }
  return {
    has: (name) => values.has(name),
    value: (name) => values.get(name) || undefined,
    count: (names) => names.filter((name) => values.has(name)).length,
  }
}

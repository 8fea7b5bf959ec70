import type * as z from 'zod'
import { SETTINGS } from './settings.ts'

/** A setting that is wrong or missing. The message is one line for a person and holds no secret. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** The settings, each checked by itself; what is not set is `undefined`. */
export type Values = { [Name in keyof typeof SETTINGS]?: z.output<(typeof SETTINGS)[Name]['schema']> }

/** The value of a setting that another one needs. */
export const required = <Name extends keyof Values>(
  values: Values,
  name: Name,
  by: string,
): NonNullable<Values[Name]> => {
  const value = values[name]
  if (value === undefined) throw new ConfigError(`${name} is missing: ${by} needs it. ${SETTINGS[name].help}`)
  return value
}

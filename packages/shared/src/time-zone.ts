import * as z from 'zod'
import { said } from './said.ts'

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** A name such as `Europe/Vienna`. */
export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: said`must be a time zone such as UTC or Europe/Vienna` })

import * as z from 'zod'
import { said } from './said.ts'

/** What somebody calls a thing of theirs. */
export const GivenName = z
  .string()
  .max(64, { error: said`must have at most 64 characters` })
  .regex(/^[^\p{C}]*$/u, { error: said`must have no control characters` })
  .trim()
  .min(1, { error: said`Give it a name` })

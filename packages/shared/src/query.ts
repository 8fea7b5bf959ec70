import * as z from 'zod'
import { said } from './said.ts'

/** A whole number in a query string. Nothing is coerced: `""`, `1e3`, `0x10` and ` 5 ` are refused. */
export const wholeInQuery = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, { error: said`must be a whole number` })
    .transform(Number)
    .pipe(z.int().min(min).max(max))

export const PAGE_SIZES = ['50', '100', '200', '500'] as const

/** Which page of a list: `page` counts from 1. */
export const PageQuery = z.strictObject({
  page: wholeInQuery(1, 1_000_000).optional(),
  pageSize: z.enum(PAGE_SIZES).transform(Number).optional().meta({ description: 'Rows on a page; 50 when left out' }),
  search: z.string().max(254).optional().meta({ description: 'Part of a name, in any letter case' }),
})

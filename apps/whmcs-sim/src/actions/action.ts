import type { Database } from '../database.ts'
import type { Settings } from '../settings.ts'

/** What came in the form; of a name that comes twice the last one counts, as in PHP. */
export type Parameters = Readonly<Record<string, string | undefined>>
export type Answer = Record<string, unknown>
export type Asked = { database: Database; settings: Settings; parameters: Parameters }
export type Action = (asked: Asked) => Promise<Answer>

/** An answer with `result: error`. */
export class ApiError extends Error {
  override name = 'ApiError'
}

/** A list as WHMCS wraps it, twice. */
export const wrapped = (settings: Settings, name: string, items: unknown[]): unknown =>
  items.length === 0 && settings.emptyLists === 'text' ? '' : { [name]: items }

/** `limitstart` and `limitnum`, which is 25 when it is not given. */
export const pageOf = ({ limitstart, limitnum }: Parameters): { start: number; count: number } => ({
  start: Math.max(0, Number(limitstart ?? 0) || 0),
  count: Math.max(0, Number(limitnum ?? 25) || 25),
})

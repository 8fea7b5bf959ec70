import { type ProblemError, problem } from '@ostor-console/shared/problem'
import type { Calls } from './calls.ts'
import { asProblem, refusalOf } from './failures.ts'
import { ignored, jsonOf, recordOf } from './sinks.ts'
import { type NamePage, readBody, readNames, readRow, type StatisticsRead } from './statistics-reader.ts'

/** Some gateways break the JSON of lists of more than 710 names. */
const MOST_NAMES = 500

const bad = (detail: string): ProblemError => problem('gateway-bad-reply', { detail })

/** The page must lie after the name it was to start after, in order, or paging would never end. */
const advancing = (page: NamePage, after: string | undefined): NamePage => {
  let last = after
  for (const name of page.names) {
    if (last !== undefined && name <= last && (after !== undefined || page.truncated)) {
      throw bad(`The list of statistics objects does not go on: ${name} comes after ${last}`)
    }
    last = name
  }
  if (new Set(page.names).size !== page.names.length) throw bad('The list of statistics objects has a name twice')
  return page
}

const isMissing = (error: unknown): boolean =>
  refusalOf(error)?.status === 404 && asProblem(error)?.is('gateway-refused') === true

export const statisticsOf = (calls: Calls) => {
  let most = MOST_NAMES
  let takesLimit = true

  const fetchPage = (after: string | undefined, limit: number | null): Promise<NamePage> =>
    calls.read(
      'ostor-usage',
      { ...(after === undefined ? {} : { after }), ...(limit === null ? {} : { limit: String(limit) }) },
      'list',
      jsonOf(readNames),
    )

  return {
    /**
     * At most 500 names after `after`; with `limit: null` as many as the gateway gives by itself, for those that do not
     * know both together. A full page counts as truncated, because versions differ in what they say.
     */
    async listStatistics({
      after,
      limit = MOST_NAMES,
    }: {
      after?: string
      limit?: number | null
    } = {}): Promise<NamePage> {
      for (;;) {
        const size = takesLimit && limit !== null ? Math.min(limit, most) : null
        try {
          const page = advancing(await fetchPage(after, size), after)
          return { names: page.names, truncated: page.truncated || page.names.length === size }
        } catch (error) {
          // From here on it is about the limit, which older versions refuse and others take no more than some of.
          if (size === null) throw error
          if (refusalOf(error)?.status === 400 && asProblem(error)?.is('gateway-refused')) takesLimit = false
          else if (isBrokenText(error) && size > 1) most = Math.floor(size / 2)
          else throw error
        }
      }
    },

    /** `null` when it is gone. Throws `gateway-bad-reply` for an object that cannot be true. */
    async readStatistics(name: string): Promise<StatisticsRead | null> {
      const sink = recordOf('items', readRow, (document, rows, raw) => ({
        raw,
        object: readBody(name, document, rows),
      }))
      try {
        return await calls.read('ostor-usage', { obj: name }, 'statistics', sink)
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },

    async deleteStatistics(name: string): Promise<void> {
      try {
        await calls.write('DELETE', 'ostor-usage', { obj: name }, ignored)
      } catch (error) {
        if (!isMissing(error)) throw error
      }
    },
  }
}

const isBrokenText = (error: unknown): boolean => {
  const exchange = asProblem(error)?.cause
  return exchange instanceof Error && exchange.cause instanceof SyntaxError
}

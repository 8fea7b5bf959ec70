import { type ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Calls } from './calls.ts'
import { asProblem, refusalOf } from './failures.ts'
import { ignored, jsonOf, recordOf } from './sinks.ts'
import {
  type NamePage,
  readBody,
  readNames,
  readRow,
  type StatisticsRead,
  type StatisticsRow,
} from './statistics-reader.ts'

/** Some gateways break the JSON of lists of more than 710 names. */
const MOST_NAMES = 500
// A gateway that breaks longer lists for good is asked for one in vain only now and then.
const PAGES_BEFORE_MORE = 10

const bad = (detail: string): ProblemError => problem('gateway-bad-reply', { detail })

/**
 * A page is the set of the first names after `after`: gateways repeat some and mix their order. One that does not go
 * beyond `after` would make paging endless.
 */
const advancing = ({ names, truncated }: NamePage, after: string | undefined): NamePage => {
  const further = [...new Set(names)].filter((name) => after === undefined || name > after).toSorted()
  if (further.length === 0 && names.length > 0)
    throw bad(said`The list of statistics objects does not go on: ${names.at(-1) ?? ''} is not after ${after ?? ''}`)
  return { names: further, truncated }
}

const isMissing = (error: unknown): boolean =>
  refusalOf(error)?.status === 404 && asProblem(error)?.is('gateway-refused') === true

const statisticsSink = (name: string) =>
  recordOf('items', readRow, (document, rows, raw) => ({ raw, object: readBody(name, document, rows) }))

/** The rows of a raw body that was kept. Throws when it cannot be read. */
export const parseStatistics = (name: string, raw: Uint8Array): StatisticsRow[] => {
  const sink = statisticsSink(name)()
  sink.push(Buffer.from(raw))
  return sink.end().object.items
}

export const statisticsOf = (calls: Calls) => {
  let most = MOST_NAMES
  let wellRead = 0
  let takesLimit = true

  const fetchPage = (after: string | undefined, limit: number | null): Promise<NamePage> =>
    calls.read(
      'ostor-usage',
      { ...(after === undefined ? {} : { after }), ...(limit === null ? {} : { limit: String(limit) }) },
      'list',
      jsonOf(readNames),
    )

  const askFewer = (size: number): void => {
    most = Math.floor(size / 2)
    wellRead = 0
  }

  const askMoreInTime = (): void => {
    wellRead += 1
    if (wellRead < PAGES_BEFORE_MORE) return
    most = Math.min(most * 2, MOST_NAMES)
    wellRead = 0
  }

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
          const page = await fetchPage(after, size)
          if (size === most) askMoreInTime()
          const isFull = new Set(page.names).size === size
          return advancing({ ...page, truncated: page.truncated || isFull }, after)
        } catch (error) {
          // From here on it is about the limit, which older versions refuse and others take no more than some of.
          if (size === null) throw error
          if (refusalOf(error)?.status === 400 && asProblem(error)?.is('gateway-refused')) takesLimit = false
          else if (isBrokenText(error) && size > 1) askFewer(size)
          else throw error
        }
      }
    },

    /** `null` when it is gone. Throws `gateway-bad-reply` for an object that cannot be true. */
    async readStatistics(name: string): Promise<StatisticsRead | null> {
      try {
        return await calls.readOrDenied('ostor-usage', { obj: name }, 'statistics', statisticsSink(name))
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },

    parseStatistics,

    async deleteStatistics(name: string): Promise<void> {
      try {
        await calls.write('DELETE', 'ostor-usage', { obj: name }, ignored)
      } catch (error) {
        if (!isMissing(error)) throw error
      }
    },
  }
}

/** A page for people is no JSON either, and says nothing of how many names there may be. */
const isBrokenText = (error: unknown): boolean => {
  const failure = asProblem(error)
  const exchange = failure?.cause
  return failure?.is('gateway-bad-reply') === true && exchange instanceof Error && exchange.cause instanceof SyntaxError
}

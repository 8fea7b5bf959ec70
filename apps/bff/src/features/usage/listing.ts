import { ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Gateway } from '../../adapters/gateway/gateway.ts'
import { parseName } from './object-name.ts'

type Lister = Pick<Gateway, 'listStatistics'>
type Page = { names: string[]; isLast: boolean; truncated: boolean }
type Names = { names: string[]; trouble: ProblemError | null }

const WHOLE_LIST_PAGE = 500
const NEWS_PAGE = 100
// A gateway that makes up names without end must not keep us for ever.
const MOST_PAGES = 20_000

/** Reads the names page by page, trusting neither `truncated` nor `limit` alone (docs/gateway-wire.md). */
export const createListing = (gateway: Lister) => {
  // Some gateways do not understand `limit` together with `after`.
  let limitWorks = true

  const nextPage = async (cursor: string, pageSize: number, isSaidToEnd: boolean): Promise<Page> => {
    const after = cursor === '' ? {} : { after: cursor }
    const isLimited = limitWorks || cursor === ''
    if (isLimited) {
      const reply = await gateway.listStatistics({ ...after, limit: pageSize }).catch((error: unknown) => {
        if (cursor === '' || !isBadReply(error)) throw error
        return null
      })
      if (reply && advances(reply.names, cursor))
        return {
          names: reply.names,
          isLast: !reply.truncated && reply.names.length !== pageSize,
          truncated: reply.truncated,
        }
    }
    const reply = await gateway.listStatistics({ ...after, limit: null }).catch((error: unknown) => {
      if (limitWorks || !isBadReply(error)) throw error
      return null
    })
    if (reply === null) {
      // One broken answer had looked as if the limit were at fault; without it, long lists break.
      limitWorks = true
      return nextPage(cursor, pageSize, isSaidToEnd)
    }
    if (advances(reply.names, cursor)) {
      if (isLimited) limitWorks = false
      return { names: reply.names, isLast: !reply.truncated, truncated: reply.truncated }
    }
    if (isSaidToEnd || (reply.names.length === 0 && !reply.truncated))
      return { names: [], isLast: true, truncated: false }
    throw problem('gateway-bad-reply', {
      detail:
        cursor === ''
          ? said`The gateway's list of statistics objects does not go on after its beginning`
          : said`The gateway's list of statistics objects does not go on after ${cursor}`,
    })
  }

  async function* pages(after: string, pageSize: number): AsyncGenerator<string[]> {
    const seen = new Set<string>()
    let cursor = after
    let isSaidToEnd = false
    for (let count = 0; count < MOST_PAGES; count += 1) {
      const { names, isLast, truncated } = await nextPage(cursor, pageSize, isSaidToEnd)
      const fresh = names.filter((name) => !seen.has(name))
      for (const name of fresh) seen.add(name)
      yield fresh
      if (isLast) return
      cursor = names.reduce(laterOf, cursor)
      isSaidToEnd = !truncated
    }
    throw problem('gateway-bad-reply', {
      detail: said`The gateway's list of statistics objects does not end within ${MOST_PAGES} pages`,
    })
  }

  return {
    /** Every name there is. With `trouble` the list broke off: what it has is good, what it lacks proves nothing. */
    async all(): Promise<Names> {
      const names: string[] = []
      try {
        for await (const page of pages('', WHOLE_LIST_PAGE)) names.push(...page)
      } catch (error) {
        if (names.length === 0 || !isBadReply(error)) throw error
        return { names, trouble: error }
      }
      return { names, trouble: null }
    },

    /** What each service has after its last known name; `hasStranger` says that there is a service we do not know. */
    async news(cursors: Map<string, string>): Promise<{ names: string[]; hasStranger: boolean }> {
      const found: string[] = []
      const isStrange = (name: string) => {
        const parsed = parseName(name)
        return parsed !== null && !cursors.has(parsed.serviceId)
      }
      // One that sorts before all that are known comes after none of their names.
      let hasStranger = (await nextPage('', 1, false)).names.some(isStrange)
      for (const [serviceId, cursor] of cursors) {
        for await (const page of pages(cursor, NEWS_PAGE)) {
          const own = page.filter((name) => parseName(name)?.serviceId === serviceId)
          hasStranger ||= page.some(isStrange)
          found.push(...own)
          if (own.length < page.length) break
        }
      }
      return { names: found, hasStranger }
    },
  }
}

const laterOf = (one: string, other: string) => (other > one ? other : one)
const advances = (names: string[], cursor: string) => names.some((name) => name > cursor)
const isBadReply = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.is('gateway-bad-reply')

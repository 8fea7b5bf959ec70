import { usersQuery } from '../features/users/users.queries.ts'
import type { UsersSearch } from '../features/users/users.search.ts'
import { atMost } from './at-most.ts'
import { readGuide } from './frame.queries.ts'
import { queryClient } from './query-client.ts'

/** Most lists are there by then: a page that is drawn once has its rows sooner than one that is drawn twice. */
const PATIENCE_MS = 150

export const guideAhead = (cluster: string): Promise<unknown> => atMost(PATIENCE_MS, readGuide(queryClient, cluster))

/** The list is on its way while the page that draws it still loads. */
export const usersAhead = (cluster: string, search: UsersSearch, isEntered: boolean): Promise<unknown> | undefined => {
  const lists = queryClient.getQueriesData({ queryKey: ['users', cluster, 'list'] })
  // Of another cluster than before there is no list yet that could stay meanwhile.
  const isNew = isEntered || lists.every(([, list]) => list === undefined)
  const reading = queryClient.prefetchQuery(usersQuery(cluster, search))
  return isNew ? atMost(PATIENCE_MS, reading) : undefined
}

import type { Metric, usageRoutes } from '@ostor-console/shared/usage'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { type RangeChoice, resolveRange } from '../../format/ranges.ts'

/** The whole cluster when neither is given. */
export type Target = { userId?: string; bucket?: string }

const range = (choice: RangeChoice) => {
  const { from, to, stepSeconds } = resolveRange(choice, new Date())
  return { from, to, ...(stepSeconds !== null && { stepSeconds: String(stepSeconds) }) }
}

const samePlace = (cluster: string, target: Target, key: readonly unknown[] | undefined): boolean =>
  key?.[1] === cluster && JSON.stringify(key[3]) === JSON.stringify(target)

export const usageSeriesQuery = (cluster: string, choice: RangeChoice, target: Target) =>
  queryOptions({
    queryKey: ['usage', cluster, 'series', target, choice],
    queryFn: ({ signal }) =>
      call<typeof usageRoutes.series>(
        'GET',
        '/api/v1/clusters/:cluster/usage/series',
        { params: { cluster }, querystring: { ...range(choice), ...target } },
        signal,
      ),
    // The last range stays on the screen while the next one is read, but never the figures of somebody else.
    placeholderData: (previous, query) => (samePlace(cluster, target, query?.queryKey) ? previous : undefined),
    refetchInterval: 60_000,
  })

/** A range that is already resolved, for a comparison whose ends have to meet. */
export const usageBetweenQuery = (cluster: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['usage', cluster, 'between', from, to],
    queryFn: ({ signal }) =>
      call<typeof usageRoutes.series>(
        'GET',
        '/api/v1/clusters/:cluster/usage/series',
        { params: { cluster }, querystring: { from, to, stepSeconds: '86400' } },
        signal,
      ),
    refetchInterval: 60_000,
  })

type Ranking = { by: 'user' | 'bucket'; metric: Metric; limit: number; userId?: string }

export const usageTopQuery = (cluster: string, choice: RangeChoice, ranking: Ranking) =>
  queryOptions({
    queryKey: ['usage', cluster, 'top', ranking, choice],
    queryFn: ({ signal }) => {
      const { from, to } = range(choice)
      const querystring = { from, to, ...ranking, limit: String(ranking.limit) }
      return call<typeof usageRoutes.top>(
        'GET',
        '/api/v1/clusters/:cluster/usage/top',
        { params: { cluster }, querystring },
        signal,
      )
    },
    placeholderData: (previous, query) => (query?.queryKey[1] === cluster ? previous : undefined),
    refetchInterval: 60_000,
  })

export const collectorQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['usage', cluster, 'collector'],
    queryFn: ({ signal }) =>
      call<typeof usageRoutes.collector>(
        'GET',
        '/api/v1/clusters/:cluster/usage/collector',
        { params: { cluster } },
        signal,
      ),
    refetchInterval: ({ state }) =>
      state.data?.state === 'catching-up' || state.data?.state === 'starting' ? 2_000 : 30_000,
  })

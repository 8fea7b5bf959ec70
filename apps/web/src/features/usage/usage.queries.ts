import type { collectorRoutes } from '@ostor-console/shared/collector'
import type { Metric, usageRoutes } from '@ostor-console/shared/usage'
import { hashKey, queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { every } from '../../api/every.ts'
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
    refetchInterval: every(60_000),
  })

/** The range before, step by step under the one that is shown. */
export const earlierSeriesQuery = (
  cluster: string,
  { from, to }: { from: string; to: string },
  stepSeconds: number,
  target: Target,
) =>
  queryOptions({
    queryKey: ['usage', cluster, 'earlier', target, from, to, stepSeconds],
    queryFn: ({ signal }) =>
      call<typeof usageRoutes.series>(
        'GET',
        '/api/v1/clusters/:cluster/usage/series',
        { params: { cluster }, querystring: { from, to, stepSeconds: String(stepSeconds), ...target } },
        signal,
      ),
    staleTime: 300_000,
  })

type Split = { by: 'user' | 'bucket'; metric: Metric; userId?: string }

export const breakdownQuery = (cluster: string, choice: RangeChoice, split: Split) =>
  queryOptions({
    queryKey: ['usage', cluster, 'breakdown', split, choice],
    queryFn: ({ signal }) =>
      call<typeof usageRoutes.breakdown>(
        'GET',
        '/api/v1/clusters/:cluster/usage/breakdown',
        { params: { cluster }, querystring: { ...range(choice), ...split } },
        signal,
      ),
    placeholderData: (previous, query) =>
      query?.queryKey[1] === cluster && JSON.stringify(query.queryKey[3]) === JSON.stringify(split)
        ? previous
        : undefined,
    refetchInterval: every(60_000),
  })

export const heatMapQuery = (cluster: string, choice: RangeChoice, target: Target, metric: Metric, zone: string) =>
  queryOptions({
    queryKey: ['usage', cluster, 'heat-map', target, choice, metric, zone],
    queryFn: ({ signal }) => {
      const { from, to } = range(choice)
      return call<typeof usageRoutes.heatMap>(
        'GET',
        '/api/v1/clusters/:cluster/usage/heat-map',
        { params: { cluster }, querystring: { from, to, metric, timeZone: zone, ...target } },
        signal,
      )
    },
    placeholderData: (previous, query) =>
      samePlace(cluster, target, query?.queryKey) && query?.queryKey[5] === metric && query.queryKey[6] === zone
        ? previous
        : undefined,
    refetchInterval: every(300_000),
  })

const SPARKLINES_AT_ONCE = 50

/** The small lines of a page of rows, by id. */
export const sparklinesQuery = (cluster: string, by: 'user' | 'bucket', ids: string[]) => {
  const queryKey = ['usage', cluster, 'sparklines', by, ids]
  return queryOptions({
    queryKey,
    // Each cell of a list asks with the same key of up to 500 ids, which is not to be made into text by each of them.
    queryHash: hashKey(queryKey),
    queryFn: async ({ signal }) => {
      const parts = Array.from({ length: Math.ceil(ids.length / SPARKLINES_AT_ONCE) }, (_, part) =>
        ids.slice(part * SPARKLINES_AT_ONCE, (part + 1) * SPARKLINES_AT_ONCE),
      )
      const found = await Promise.all(
        parts.map((some) =>
          call<typeof usageRoutes.sparklines>(
            'GET',
            '/api/v1/clusters/:cluster/usage/sparklines',
            { params: { cluster }, querystring: { by, ids: JSON.stringify(some) } },
            signal,
          ),
        ),
      )
      return {
        byId: Object.fromEntries(found.flatMap(({ items }) => items.map(({ id, values }) => [id, values]))),
        source: found[0]?.source ?? null,
      }
    },
    enabled: ids.length > 0,
    placeholderData: (previous) => previous,
    staleTime: 60_000,
  })
}

/** A range that is already resolved, for a comparison whose ends have to meet. */
export const usageBetweenQuery = (cluster: string, from: string, to: string, target: Target = {}) =>
  queryOptions({
    queryKey: ['usage', cluster, 'between', target, from, to],
    queryFn: ({ signal }) =>
      call<typeof usageRoutes.series>(
        'GET',
        '/api/v1/clusters/:cluster/usage/series',
        { params: { cluster }, querystring: { from, to, stepSeconds: '86400', ...target } },
        signal,
      ),
    refetchInterval: every(60_000),
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
    refetchInterval: every(60_000),
  })

export const collectorQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['usage', cluster, 'collector'],
    queryFn: ({ signal }) =>
      call<typeof collectorRoutes.status>(
        'GET',
        '/api/v1/clusters/:cluster/usage/collector',
        { params: { cluster } },
        signal,
      ),
    refetchInterval: (query) =>
      every(query.state.data?.state === 'catching-up' || query.state.data?.state === 'starting' ? 2_000 : 30_000)(
        query,
      ),
  })

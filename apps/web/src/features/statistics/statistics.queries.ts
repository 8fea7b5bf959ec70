import type { RouteInput } from '@ostor-console/shared/route'
import type { StatisticsState, statisticsRoutes } from '@ostor-console/shared/statistics'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { invalidate } from '../../api/invalidate.ts'

export type StatisticsFilter = { after?: string; serviceId?: string; state?: StatisticsState }

export const statisticsQuery = (cluster: string, filter: StatisticsFilter) =>
  queryOptions({
    queryKey: ['statistics', cluster, 'list', filter],
    queryFn: ({ signal }) =>
      call<typeof statisticsRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/statistics',
        { params: { cluster }, querystring: { ...filter, limit: '50' } },
        signal,
      ),
    placeholderData: (previous, query) => (query?.queryKey[1] === cluster ? previous : undefined),
  })

export const statisticsObjectQuery = (cluster: string, name: string) =>
  queryOptions({
    queryKey: ['statistics', cluster, 'object', name],
    queryFn: ({ signal }) =>
      call<typeof statisticsRoutes.read>(
        'GET',
        '/api/v1/clusters/:cluster/statistics/:name',
        { params: { cluster, name } },
        signal,
      ),
  })

export type Decision = RouteInput<typeof statisticsRoutes.decide>['body']

/** A decision changes what counts, so every figure is read again. */
export function useDecideStatistics(cluster: string, name: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Decision) =>
      call<typeof statisticsRoutes.decide>('POST', '/api/v1/clusters/:cluster/statistics/:name/decision', {
        params: { cluster, name },
        body,
      }),
    onSettled: () => invalidate(queryClient, cluster, 'statistics', 'usage', 'gaps', 'audit'),
  })
}

/** Deletes the object at the gateway; its figures stay in the console. */
export function useDeleteStatistics(cluster: string, name: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (confirmName: string) =>
      call<typeof statisticsRoutes.remove>('DELETE', '/api/v1/clusters/:cluster/statistics/:name', {
        params: { cluster, name },
        body: { confirmName },
      }),
    onSettled: () => invalidate(queryClient, cluster, 'statistics', 'audit'),
  })
}

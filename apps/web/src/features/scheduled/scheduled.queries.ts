import type { ScheduledChange, scheduledRoutes } from '@ostor-console/shared/scheduled'
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { every } from '../../api/every.ts'
import { invalidate } from '../../api/invalidate.ts'

/** What waits in the whole cluster, or for one user. */
export const scheduledQuery = (cluster: string, userId?: string) =>
  queryOptions({
    queryKey: ['scheduled', cluster, userId ?? null],
    queryFn: ({ signal }) =>
      call<typeof scheduledRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/scheduled',
        { params: { cluster }, querystring: userId === undefined ? {} : { userId } },
        signal,
      ),
    refetchInterval: every(30_000),
  })

/** Whatever came of it, all that it may have touched is read again; nobody has to wait for that. */
const readAgain = (queryClient: QueryClient, cluster: string): void =>
  void invalidate(queryClient, cluster, 'scheduled', 'audit', 'users', 'keys')

export function useStopScheduled(cluster: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      call<typeof scheduledRoutes.stop>('POST', '/api/v1/clusters/:cluster/scheduled/:id/stop', {
        params: { cluster, id },
        body: {},
      }),
    onSettled: () => readAgain(queryClient, cluster),
  })
}

export function useMoveScheduled(cluster: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, dueAt }: Pick<ScheduledChange, 'id' | 'dueAt'>) =>
      call<typeof scheduledRoutes.move>('PUT', '/api/v1/clusters/:cluster/scheduled/:id', {
        params: { cluster, id },
        body: { dueAt },
      }),
    onSettled: () => readAgain(queryClient, cluster),
  })
}

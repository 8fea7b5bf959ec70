import type { GapDecision, GapEntry, gapsRoutes } from '@ostor-console/shared/gaps'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { invalidate } from '../../api/invalidate.ts'

export type GapsFilter = { after?: string; serviceId?: string; kind?: GapEntry['kind']; state?: 'open' | 'accepted' }

export const gapsQuery = (cluster: string, filter: GapsFilter) =>
  queryOptions({
    queryKey: ['gaps', cluster, filter],
    queryFn: ({ signal }) =>
      call<typeof gapsRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/gaps',
        { params: { cluster }, querystring: { ...filter, limit: '50' } },
        signal,
      ),
    placeholderData: (previous, query) => (query?.queryKey[1] === cluster ? previous : undefined),
  })

export type Decision = Pick<GapEntry, 'serviceId' | 'from' | 'to'> & { decision: GapDecision; note?: string }

/** What an admin says of a stretch changes what every figure over it is worth. */
export function useDecideGap(cluster: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Decision) =>
      call<typeof gapsRoutes.decide>('POST', '/api/v1/clusters/:cluster/gaps/decisions', { params: { cluster }, body }),
    onSettled: () => invalidate(queryClient, cluster, 'gaps', 'usage', 'audit'),
  })
}

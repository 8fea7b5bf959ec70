import type { clusterRoutes } from '@ostor-console/shared/cluster'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

export const clustersQuery = () =>
  queryOptions({
    queryKey: ['clusters'],
    queryFn: ({ signal }) => call<typeof clusterRoutes.list>('GET', '/api/v1/clusters', {}, signal),
    staleTime: 5 * 60_000,
  })

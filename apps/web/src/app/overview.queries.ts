import type { bucketsRoutes } from '@ostor-console/shared/buckets'
import type { usersRoutes } from '@ostor-console/shared/users'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { every } from '../api/every.ts'

export const usersSummaryQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['users', cluster, 'summary'],
    queryFn: ({ signal }) =>
      call<typeof usersRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/users',
        { params: { cluster }, querystring: {} },
        signal,
      ),
    refetchInterval: every(60_000),
  })

export const bucketsSummaryQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['buckets', cluster, 'summary'],
    queryFn: ({ signal }) =>
      call<typeof bucketsRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/buckets',
        { params: { cluster }, querystring: {} },
        signal,
      ),
    refetchInterval: every(60_000),
  })

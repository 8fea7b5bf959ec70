import type { bucketsRoutes } from '@ostor-console/shared/buckets'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { every } from '../../api/every.ts'
import { type BucketsSearch, DEFAULT_SORT } from './buckets.search.ts'

export const bucketsQuery = (cluster: string, search: BucketsSearch, ownerId?: string) =>
  queryOptions({
    queryKey: ['buckets', cluster, 'list', ownerId ?? null, search],
    queryFn: ({ signal }) =>
      call<typeof bucketsRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/buckets',
        {
          params: { cluster },
          querystring: { sort: DEFAULT_SORT, ...search, ...(ownerId !== undefined && { ownerId }) },
        },
        signal,
      ),
    // The last page stays until the next is there, but never the buckets of somebody else.
    placeholderData: (previous, query) =>
      query?.queryKey[1] === cluster && query.queryKey[3] === (ownerId ?? null) ? previous : undefined,
    refetchInterval: every(60_000),
  })

export const bucketQuery = (cluster: string, bucket: string) =>
  queryOptions({
    queryKey: ['buckets', cluster, 'one', bucket],
    queryFn: ({ signal }) =>
      call<typeof bucketsRoutes.read>(
        'GET',
        '/api/v1/clusters/:cluster/buckets/:bucket',
        { params: { cluster, bucket } },
        signal,
      ),
    refetchInterval: every(60_000),
  })

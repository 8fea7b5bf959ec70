import type { replicationRoutes } from '@ostor-console/shared/replication'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

export const replicationQuery = (cluster: string, bucket: string) =>
  queryOptions({
    queryKey: ['replication', cluster, bucket],
    queryFn: ({ signal }) =>
      call<typeof replicationRoutes.read>(
        'GET',
        '/api/v1/clusters/:cluster/buckets/:bucket/replication',
        { params: { cluster, bucket } },
        signal,
      ),
  })

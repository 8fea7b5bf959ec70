import type { StorageGrowth, storageRoutes } from '@ostor-console/shared/storage'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { every } from '../../api/every.ts'

export type Stored = { userId: string } | { bucket: string }

export const growthQuery = (cluster: string, stored: Stored) =>
  queryOptions({
    queryKey: ['storage', cluster, stored, 'growth'],
    queryFn: ({ signal }): Promise<StorageGrowth> =>
      call<typeof storageRoutes.growth>(
        'GET',
        '/api/v1/clusters/:cluster/storage/growth',
        { params: { cluster }, querystring: stored },
        signal,
      ),
    refetchInterval: every(300_000),
  })

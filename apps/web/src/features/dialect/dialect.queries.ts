import type { dialectRoutes } from '@ostor-console/shared/dialect'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

export const dialectQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['dialect', cluster],
    queryFn: ({ signal }) =>
      call<typeof dialectRoutes.read>('GET', '/api/v1/clusters/:cluster/dialect', { params: { cluster } }, signal),
  })

import type { Action, auditRoutes } from '@ostor-console/shared/audit'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

export type AuditFilter = { userId?: string; bucket?: string; action?: Action }

export const auditQuery = (cluster: string, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', cluster, filter],
    queryFn: ({ pageParam, signal }) =>
      call<typeof auditRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/audit',
        {
          params: { cluster },
          querystring: { ...filter, limit: '50', ...(pageParam !== null && { before: pageParam }) },
        },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })

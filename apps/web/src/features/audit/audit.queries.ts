import type { Action, auditRoutes } from '@ostor-console/shared/audit'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

export type AuditFilter = { userId?: string; bucket?: string; action?: Action }

/** Changes of one user or bucket, the newest of them, for the flags on its charts. */
export const changesQuery = (cluster: string, subject: { userId: string } | { bucket: string }) =>
  queryOptions({
    queryKey: ['audit', cluster, 'changes', subject],
    queryFn: ({ signal }) =>
      call<typeof auditRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/audit',
        { params: { cluster }, querystring: { ...subject, limit: '200' } },
        signal,
      ),
    staleTime: 60_000,
  })

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

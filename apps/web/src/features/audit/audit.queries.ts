import type { asOfRoutes } from '@ostor-console/shared/as-of'
import type { AuditEntry, auditRoutes } from '@ostor-console/shared/audit'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '../../api/call.ts'
import { every } from '../../api/every.ts'
import { invalidate } from '../../api/invalidate.ts'
import type { AuditFilter } from './audit.search.ts'

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

const FRESH_MS = 600_000

/** The newest thing that was done to a user or bucket, when that was a short time ago. */
export const lastChangeQuery = (cluster: string, subject: { userId: string } | { bucket: string }) =>
  queryOptions({
    queryKey: ['audit', cluster, 'last', subject],
    queryFn: async ({ signal }) => {
      const { items } = await call<typeof auditRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/audit',
        { params: { cluster }, querystring: { ...subject, limit: '1' } },
        signal,
      )
      const [last] = items
      return last && Date.now() - Date.parse(last.at) < FRESH_MS ? last : null
    },
    refetchInterval: every(60_000),
  })

/** One operation, asked for until it is known how it ended. */
export const operationQuery = (cluster: string, operationId: string) =>
  queryOptions({
    queryKey: ['audit', cluster, 'operation', operationId],
    queryFn: ({ signal }) =>
      call<typeof auditRoutes.read>(
        'GET',
        '/api/v1/clusters/:cluster/audit/:operationId',
        { params: { cluster, operationId } },
        signal,
      ),
    retry: false,
    refetchInterval: ({ state }) => (state.data && !isUnsettled(state.data) ? false : 3_000),
  })

const isUnsettled = ({ outcome }: Pick<AuditEntry, 'outcome'>): boolean =>
  outcome === 'started' || outcome === 'unknown'

/** Whatever an undo may have set is read again. */
export function useReadAgain(cluster: string) {
  const queryClient = useQueryClient()
  return () => void invalidate(queryClient, cluster, 'users', 'limits', 'quotas', 'audit')
}

/** Undoes an operation, or does again what did not come about. */
export function useReverse(cluster: string, way: 'undo' | 'repeat') {
  const readAgain = useReadAgain(cluster)
  return useMutation({
    mutationFn: (operationId: string) => {
      const input = { params: { cluster, operationId }, body: {} }
      return way === 'undo'
        ? call<typeof auditRoutes.undo>('POST', '/api/v1/clusters/:cluster/audit/:operationId/undo', input)
        : call<typeof auditRoutes.repeat>('POST', '/api/v1/clusters/:cluster/audit/:operationId/repeat', input)
    },
    onSettled: readAgain,
  })
}

export const operationsQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['audit', cluster, 'operations'],
    queryFn: ({ signal }) =>
      call<typeof auditRoutes.operations>(
        'GET',
        '/api/v1/clusters/:cluster/operations',
        { params: { cluster } },
        signal,
      ),
    // What is written by this console is heard of at once; this is for when the events do not come through.
    refetchInterval: every(15_000),
  })

/** Reads the audit again whenever something is written into it. */
export function useAuditEvents(cluster: string): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const readAgain = () => void invalidate(queryClient, cluster, 'audit', 'scheduled')
    let events: EventSource | null = null
    // A page that nobody looks at keeps no session alive.
    const connect = () => {
      events?.close()
      events = null
      if (document.visibilityState === 'hidden') return
      events = new EventSource(`/api/v1/clusters/${encodeURIComponent(cluster)}/operations/events`)
      // Between two connections something may have been missed.
      for (const name of ['open', 'changed']) events.addEventListener(name, readAgain)
    }
    connect()
    document.addEventListener('visibilitychange', connect)
    return () => {
      document.removeEventListener('visibilitychange', connect)
      events?.close()
    }
  }, [queryClient, cluster])
}

/** A user as of an instant, as far as the console knows. */
export const asOfQuery = (cluster: string, userId: string, at: string) =>
  queryOptions({
    queryKey: ['audit', cluster, 'as-of', userId, at],
    queryFn: ({ signal }) =>
      call<typeof asOfRoutes.read>(
        'GET',
        '/api/v1/clusters/:cluster/users/:userId/as-of',
        { params: { cluster, userId }, querystring: { at } },
        signal,
      ),
  })

export const actorsQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['audit', cluster, 'actors'],
    queryFn: ({ signal }) =>
      call<typeof auditRoutes.actors>('GET', '/api/v1/clusters/:cluster/audit/actors', { params: { cluster } }, signal),
    staleTime: 60_000,
  })

const FOUND_OUT_WITHIN_MS = 600_000

type Pages = { pages: { items: Pick<AuditEntry, 'at' | 'outcome'>[] }[] } | undefined

/** Something is fresh whose end is still being found out. */
const hasOpen = (found: Pages): boolean => found?.pages.some(({ items }) => items.some(isOpen)) === true

const isOpen = ({ at, outcome }: Pick<AuditEntry, 'at' | 'outcome'>): boolean =>
  (outcome === 'started' || outcome === 'unknown') && Date.now() - Date.parse(at) < FOUND_OUT_WITHIN_MS

const auditKey = (cluster: string, filter: AuditFilter) => ['audit', cluster, filter] as const
type AuditKey = ReturnType<typeof auditKey>

const isSamePlace = (cluster: string, { userId, bucket }: AuditFilter, key: AuditKey | undefined): boolean =>
  key?.[1] === cluster && key[2].userId === userId && key[2].bucket === bucket

export const auditQuery = (cluster: string, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: auditKey(cluster, filter),
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
    // What was searched before stays until the next is there, but never what was done to somebody else.
    placeholderData: (previous, query) => (isSamePlace(cluster, filter, query?.queryKey) ? previous : undefined),
    refetchInterval: (query) => every(hasOpen(query.state.data) ? 5_000 : false)(query),
  })

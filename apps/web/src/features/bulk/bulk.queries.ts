import type { BulkChange, BulkChoice, BulkRun, bulkRoutes, ItemState } from '@ostor-console/shared/bulk'
import type { PAGE_SIZES } from '@ostor-console/shared/query'
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { every } from '../../api/every.ts'

const RUN = '/api/v1/clusters/:cluster/bulk/:runId'

/** How soon a run that is shown is read again. */
const EVERY: Record<BulkRun['state'], number | false> = {
  planned: 10_000,
  running: 1_000,
  stopping: 1_000,
  paused: 5_000,
  ended: false,
}

export const runsQuery = (cluster: string, page: string | undefined) =>
  queryOptions({
    queryKey: ['bulk', cluster, 'list', page],
    queryFn: ({ signal }) =>
      call<typeof bulkRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/bulk',
        { params: { cluster }, querystring: { page } },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: every(5_000),
  })

export const runQuery = (cluster: string, runId: string) =>
  queryOptions({
    queryKey: ['bulk', cluster, 'one', runId],
    queryFn: ({ signal }) => call<typeof bulkRoutes.read>('GET', RUN, { params: { cluster, runId } }, signal),
    refetchInterval: (query) => every(EVERY[query.state.data?.state ?? 'ended'])(query),
  })

export type ItemsSearch = {
  state?: ItemState
  search?: string
  page?: string
  pageSize?: (typeof PAGE_SIZES)[number]
}

/** `run` says how far the run is, so that the list is read again when that changes. */
export const itemsQuery = (cluster: string, run: Pick<BulkRun, 'id' | 'state'>, search: ItemsSearch) =>
  queryOptions({
    queryKey: ['bulk', cluster, 'items', run.id, run.state, search],
    queryFn: ({ signal }) =>
      call<typeof bulkRoutes.items>(
        'GET',
        '/api/v1/clusters/:cluster/bulk/:runId/items',
        { params: { cluster, runId: run.id }, querystring: search },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: every(run.state === 'running' || run.state === 'stopping' ? 2_000 : false),
  })

export function usePlan(cluster: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { change: BulkChange; choice: BulkChoice }) =>
      call<typeof bulkRoutes.plan>('POST', '/api/v1/clusters/:cluster/bulk', { params: { cluster }, body }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['bulk', cluster] }),
  })
}

export type Move =
  | { to: 'start'; perSecond: number; confirmCount?: number }
  | { to: 'pause' | 'resume' | 'stop' | 'again' | 'discard' }

const move = (cluster: string, runId: string, { to, ...start }: Move): Promise<BulkRun | undefined> => {
  const input = { params: { cluster, runId }, body: {} }
  switch (to) {
    case 'start':
      return call<typeof bulkRoutes.start>('POST', '/api/v1/clusters/:cluster/bulk/:runId/start', {
        ...input,
        body: start,
      })
    case 'pause':
      return call<typeof bulkRoutes.pause>('POST', '/api/v1/clusters/:cluster/bulk/:runId/pause', input)
    case 'resume':
      return call<typeof bulkRoutes.resume>('POST', '/api/v1/clusters/:cluster/bulk/:runId/resume', input)
    case 'stop':
      return call<typeof bulkRoutes.stop>('POST', '/api/v1/clusters/:cluster/bulk/:runId/stop', input)
    case 'again':
      return call<typeof bulkRoutes.again>('POST', '/api/v1/clusters/:cluster/bulk/:runId/again', input)
    default:
      return call<typeof bulkRoutes.discard>('DELETE', RUN, input).then(() => undefined)
  }
}

/** Starts, pauses, stops a run and so on; what is shown is read again, whatever came of it. */
export function useMove(cluster: string, runId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: Move) => move(cluster, runId, input),
    onSuccess: (run) => {
      if (run) queryClient.setQueryData(runQuery(cluster, run.id).queryKey, run)
    },
    onSettled: (_, __, { to }) => {
      if (to !== 'discard') void queryClient.invalidateQueries({ queryKey: ['bulk', cluster] })
    },
  })
}

export function useTakeKeys(cluster: string, runId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      call<typeof bulkRoutes.takeKeys>('POST', '/api/v1/clusters/:cluster/bulk/:runId/keys', {
        params: { cluster, runId },
        body: {},
      }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['bulk', cluster] }),
    // The answer holds secrets: it is dropped as soon as the dialog lets go of it.
    gcTime: 0,
  })
}

import type { Message, messagesRoutes } from '@ostor-console/shared/messages'
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { every } from '../../api/every.ts'

export const SHOWN = ['undelivered', 'attention', 'ended', 'all'] as const
export type Shown = (typeof SHOWN)[number]

export type QueueSearch = { show: Shown; clientId?: string; page?: string }

/** Read again every five seconds, so that one sees the queue drain. */
export const queueQuery = (search: QueueSearch) =>
  queryOptions({
    queryKey: ['whmcs', 'queue', search],
    queryFn: ({ signal }) =>
      call<typeof messagesRoutes.list>('GET', '/api/v1/whmcs/queue', { querystring: search }, signal),
    // What was shown of one client never stands on the page of another.
    ...(search.clientId === undefined && { placeholderData: keepPreviousData }),
    refetchInterval: every(5_000),
  })

export type Decision =
  | { to: 'retry' }
  | { to: 'cancel'; reason: string }
  | { to: 'settle'; reason: string; hasArrived: boolean }

const decide = (id: string, decision: Decision): Promise<Message> => {
  const params = { id }
  switch (decision.to) {
    case 'retry':
      return call<typeof messagesRoutes.retry>('POST', '/api/v1/whmcs/queue/:id/retry', { params, body: {} })
    case 'cancel':
      return call<typeof messagesRoutes.cancel>('POST', '/api/v1/whmcs/queue/:id/cancel', {
        params,
        body: { reason: decision.reason },
      })
    default: {
      const { reason, hasArrived } = decision
      return call<typeof messagesRoutes.settle>('POST', '/api/v1/whmcs/queue/:id/settle', {
        params,
        body: { reason, hasArrived },
      })
    }
  }
}

export function useDecide(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (decision: Decision) => decide(id, decision),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['whmcs'] }),
  })
}

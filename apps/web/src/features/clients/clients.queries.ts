import type { ClientDetail, clientsRoutes } from '@ostor-console/shared/clients'
import { keepPreviousData, type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { every } from '../../api/every.ts'
import { invalidate } from '../../api/invalidate.ts'
import type { ClientsSearch } from './clients.search.ts'

const CLIENT = '/api/v1/clients/:clientId'

export const clientsQuery = (search: ClientsSearch) =>
  queryOptions({
    queryKey: ['whmcs', 'clients', search],
    queryFn: ({ signal }) => call<typeof clientsRoutes.list>('GET', '/api/v1/clients', { querystring: search }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => every(query.state.data?.isFromCache ? 15_000 : false)(query),
  })

/** Nothing of another client is ever shown in its place. */
export const clientQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['whmcs', 'client', clientId],
    queryFn: ({ signal }) => call<typeof clientsRoutes.read>('GET', CLIENT, { params: { clientId } }, signal),
    refetchInterval: (query) => every((query.state.data?.undelivered ?? 0) > 0 ? 5_000 : false)(query),
  })

export const clientOfUserQuery = (cluster: string, userId: string) =>
  queryOptions({
    queryKey: ['whmcs', 'of-user', cluster, userId],
    queryFn: async ({ signal }) =>
      (
        await call<typeof clientsRoutes.ofUser>(
          'GET',
          '/api/v1/clusters/:cluster/users/:userId/client',
          { params: { cluster, userId } },
          signal,
        )
      ).client,
  })

type OfLink = { cluster: string; userId: string }

const keep = (queryClient: QueryClient, clientId: string, client: ClientDetail) =>
  queryClient.setQueryData(clientQuery(clientId).queryKey, client)

const readAgain = (queryClient: QueryClient, { cluster }: OfLink) =>
  void invalidate(queryClient, cluster, 'whmcs', 'audit')

export function useLink(clientId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: OfLink) =>
      call<typeof clientsRoutes.link>('POST', '/api/v1/clients/:clientId/links', { params: { clientId }, body }),
    onSuccess: (client) => keep(queryClient, clientId, client),
    onSettled: (_, __, link) => readAgain(queryClient, link),
  })
}

export function useUnlink(clientId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ cluster, userId }: OfLink) =>
      call<typeof clientsRoutes.unlink>('DELETE', '/api/v1/clients/:clientId/links/:cluster/:userId', {
        params: { clientId, cluster, userId },
        body: {},
      }),
    onSuccess: (client) => keep(queryClient, clientId, client),
    onSettled: (_, __, link) => readAgain(queryClient, link),
  })
}

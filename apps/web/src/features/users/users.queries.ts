import type { scheduledRoutes } from '@ostor-console/shared/scheduled'
import type { UserDetail, usersRoutes } from '@ostor-console/shared/users'
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { every } from '../../api/every.ts'
import { invalidate } from '../../api/invalidate.ts'
import type { UsersSearch } from './users.search.ts'

export const usersQuery = (cluster: string, search: UsersSearch) =>
  queryOptions({
    queryKey: ['users', cluster, 'list', search],
    queryFn: ({ signal }) =>
      call<typeof usersRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/users',
        { params: { cluster }, querystring: search },
        signal,
      ),
    // The last page stays until the next is there, but never the users of another cluster.
    placeholderData: (previous, query) => (query?.queryKey[1] === cluster ? previous : undefined),
    // The first answer after an outage is still the old list: asking for it is what has it read anew.
    refetchInterval: (query) => every(query.state.data?.freshness.staleReason ? 10_000 : 60_000)(query),
  })

export const userQuery = (cluster: string, userId: string) =>
  queryOptions({
    queryKey: ['users', cluster, 'one', userId],
    queryFn: ({ signal }) =>
      call<typeof usersRoutes.read>(
        'GET',
        '/api/v1/clusters/:cluster/users/:userId',
        { params: { cluster, userId } },
        signal,
      ),
  })

/** Whatever came of a write, the lists and the audit are read again; nobody has to wait for them. */
const readAgain = (queryClient: QueryClient, cluster: string): void =>
  void invalidate(queryClient, cluster, 'users', 'audit', 'scheduled', 'whmcs')

export function useCreateUser(cluster: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { email: string; clientId?: number }) =>
      call<typeof usersRoutes.create>('POST', '/api/v1/clusters/:cluster/users', {
        params: { cluster },
        body,
      }),
    onSettled: () => readAgain(queryClient, cluster),
    // The answer holds a secret: it is dropped as soon as the dialog lets go of it.
    gcTime: 0,
  })
}

export function useSetUserState(cluster: string, userId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (state: 'enabled' | 'disabled') =>
      call<typeof usersRoutes.setState>('PUT', '/api/v1/clusters/:cluster/users/:userId/state', {
        params: { cluster, userId },
        body: { state },
      }),
    onSuccess: (user) => queryClient.setQueryData<UserDetail>(userQuery(cluster, userId).queryKey, user),
    onSettled: () => readAgain(queryClient, cluster),
  })
}

export function useScheduleDeletion(cluster: string, userId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (wanted: { confirmEmail: string; dueAt: string }) =>
      call<typeof scheduledRoutes.deleteUser>('POST', '/api/v1/clusters/:cluster/users/:userId/deletion', {
        params: { cluster, userId },
        body: wanted,
      }),
    onSettled: () => readAgain(queryClient, cluster),
  })
}

export function useDeleteUser(cluster: string, userId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (confirmEmail: string) =>
      call<typeof usersRoutes.remove>('DELETE', '/api/v1/clusters/:cluster/users/:userId', {
        params: { cluster, userId },
        body: { confirmEmail },
      }),
    onSuccess: () => queryClient.removeQueries({ queryKey: userQuery(cluster, userId).queryKey }),
    onSettled: () => readAgain(queryClient, cluster),
  })
}

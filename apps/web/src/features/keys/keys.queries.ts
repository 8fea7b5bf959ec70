import type { keysRoutes } from '@ostor-console/shared/keys'
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

export const keysQuery = (cluster: string, userId: string) =>
  queryOptions({
    queryKey: ['keys', cluster, userId],
    queryFn: ({ signal }) =>
      call<typeof keysRoutes.list>(
        'GET',
        '/api/v1/clusters/:cluster/users/:userId/keys',
        { params: { cluster, userId } },
        signal,
      ),
  })

const readAgain = (queryClient: QueryClient, cluster: string, userId: string) => {
  void queryClient.invalidateQueries({ queryKey: ['users', cluster] })
  void queryClient.invalidateQueries({ queryKey: ['audit', cluster] })
  return queryClient.invalidateQueries({ queryKey: ['keys', cluster, userId] })
}

export function useCreateKey(cluster: string, userId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      call<typeof keysRoutes.create>('POST', '/api/v1/clusters/:cluster/users/:userId/keys', {
        params: { cluster, userId },
        body: {},
      }),
    // Not awaited: the secret is shown even when the list cannot be read just now.
    onSettled: () => void readAgain(queryClient, cluster, userId),
    // The answer holds a secret: it is dropped as soon as the dialog lets go of it.
    gcTime: 0,
  })
}

export function useRevokeKey(cluster: string, userId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ keyId, acceptLastKey }: { keyId: string; acceptLastKey: boolean }) =>
      call<typeof keysRoutes.revoke>('DELETE', '/api/v1/clusters/:cluster/users/:userId/keys/:keyId', {
        params: { cluster, userId, keyId },
        body: acceptLastKey ? { acceptLastKey } : {},
      }),
    onSettled: () => readAgain(queryClient, cluster, userId),
  })
}

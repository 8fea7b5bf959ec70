import type { keysRoutes } from '@ostor-console/shared/keys'
import type { scheduledRoutes } from '@ostor-console/shared/scheduled'
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { invalidate } from '../../api/invalidate.ts'

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
  void invalidate(queryClient, cluster, 'users', 'audit', 'scheduled', 'whmcs')
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

/** A new key in place of another one, which is revoked at a date. */
export function useRotateKey(cluster: string, userId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ keyId, dueAt }: { keyId: string; dueAt: string }) =>
      call<typeof scheduledRoutes.rotateKey>('POST', '/api/v1/clusters/:cluster/users/:userId/keys/:keyId/rotation', {
        params: { cluster, userId, keyId },
        body: { dueAt },
      }),
    onSettled: () => void readAgain(queryClient, cluster, userId),
    // The answer holds a secret.
    gcTime: 0,
  })
}

export function useScheduleRevocation(cluster: string, userId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ keyId, acceptLastKey, dueAt }: { keyId: string; acceptLastKey: boolean; dueAt: string }) =>
      call<typeof scheduledRoutes.revokeKey>('POST', '/api/v1/clusters/:cluster/users/:userId/keys/:keyId/revocation', {
        params: { cluster, userId, keyId },
        body: acceptLastKey ? { dueAt, acceptLastKey } : { dueAt },
      }),
    onSettled: () => readAgain(queryClient, cluster, userId),
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

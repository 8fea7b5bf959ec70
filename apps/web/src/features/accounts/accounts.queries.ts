import type { accountsRoutes } from '@ostor-console/shared/accounts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { invalidate } from '../../api/invalidate.ts'

type Whose = { cluster: string; userId: string }

/** Accounts are read with their user: whatever came of a write, that is read again. */
const useReadAgain = ({ cluster }: Whose) => {
  const queryClient = useQueryClient()
  return () => void invalidate(queryClient, cluster, 'users', 'audit')
}

export function useCreateAccount(whose: Whose) {
  return useMutation({
    mutationFn: (name: string) =>
      call<typeof accountsRoutes.create>('POST', '/api/v1/clusters/:cluster/users/:userId/accounts', {
        params: whose,
        body: { name },
      }),
    onSettled: useReadAgain(whose),
    // The answer holds a secret: it is dropped as soon as the dialog lets go of it.
    gcTime: 0,
  })
}

export function useCreateAccountKey(whose: Whose) {
  return useMutation({
    mutationFn: (account: string) =>
      call<typeof accountsRoutes.createKey>('POST', '/api/v1/clusters/:cluster/users/:userId/accounts/:account/keys', {
        params: { ...whose, account },
        body: {},
      }),
    onSettled: useReadAgain(whose),
    gcTime: 0,
  })
}

export function useRemoveAccount(whose: Whose) {
  return useMutation({
    mutationFn: ({ account, confirmName }: { account: string; confirmName: string }) =>
      call<typeof accountsRoutes.remove>('DELETE', '/api/v1/clusters/:cluster/users/:userId/accounts/:account', {
        params: { ...whose, account },
        body: { confirmName },
      }),
    onSettled: useReadAgain(whose),
  })
}

export function useRevokeAccountKey(whose: Whose) {
  return useMutation({
    mutationFn: ({ account, keyId }: { account: string; keyId: string }) =>
      call<typeof accountsRoutes.revokeKey>(
        'DELETE',
        '/api/v1/clusters/:cluster/users/:userId/accounts/:account/keys/:keyId',
        { params: { ...whose, account, keyId }, body: {} },
      ),
    onSettled: useReadAgain(whose),
  })
}

import type { accountRoutes } from '@ostor-console/shared/account'
import type { SecondFactorCode, Session } from '@ostor-console/shared/session'
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { enter } from './session.queries.ts'

type Proof = SecondFactorCode & { password: string }

export const accountQuery = () =>
  queryOptions({
    queryKey: ['account'],
    queryFn: ({ signal }) => call<typeof accountRoutes.read>('GET', '/api/v1/account', {}, signal),
  })

const others = { predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== 'session' }

/** What was read under way came back with the session that ended, and is read again. */
export const changingSession = (queryClient: QueryClient) => ({
  onSettled: () => void queryClient.invalidateQueries(others),
  // Answers hold secrets: they go with what shows them.
  gcTime: 0,
})

export function useBeginEnrolment() {
  return useMutation({
    mutationFn: (password: string) =>
      call<typeof accountRoutes.beginEnrolment>('POST', '/api/v1/account/second-factor', { body: { password } }),
    gcTime: 0,
  })
}

type WithCodes = { session: Session; recoveryCodes: string[] }

export function useConfirmEnrolment() {
  const queryClient = useQueryClient()
  return useMutation({
    ...changingSession(queryClient),
    mutationFn: (code: string) =>
      call<typeof accountRoutes.confirmEnrolment>('PUT', '/api/v1/account/second-factor', { body: { code } }),
    onSuccess: ({ session }: WithCodes) => enter(queryClient, session),
  })
}

export function useNewRecoveryCodes() {
  const queryClient = useQueryClient()
  return useMutation({
    ...changingSession(queryClient),
    mutationFn: (body: Proof) =>
      call<typeof accountRoutes.newRecoveryCodes>('POST', '/api/v1/account/recovery-codes', { body }),
    onSuccess: ({ session }: WithCodes) => enter(queryClient, session),
  })
}

export function useRemoveSecondFactor() {
  const queryClient = useQueryClient()
  return useMutation({
    ...changingSession(queryClient),
    mutationFn: (body: Proof) => call<typeof accountRoutes.remove>('DELETE', '/api/v1/account/second-factor', { body }),
    onSuccess: (session: Session) => enter(queryClient, session),
  })
}

export function useChangePassword() {
  const queryClient = useQueryClient()
  return useMutation({
    ...changingSession(queryClient),
    mutationFn: (body: { password?: string; newPassword: string }) =>
      call<typeof accountRoutes.changePassword>('PUT', '/api/v1/account/password', { body }),
    onSuccess: (session: Session) => enter(queryClient, session),
  })
}

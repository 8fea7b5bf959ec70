import type { NewToken, tokensRoutes } from '@ostor-console/shared/tokens'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

const TOKENS = ['tokens']

export const ownTokensQuery = () =>
  queryOptions({
    queryKey: [...TOKENS, 'own'],
    queryFn: async ({ signal }) =>
      (await call<typeof tokensRoutes.listOwn>('GET', '/api/v1/account/tokens', {}, signal)).items,
  })

export const everyTokenQuery = () =>
  queryOptions({
    queryKey: [...TOKENS, 'all'],
    queryFn: async ({ signal }) => (await call<typeof tokensRoutes.list>('GET', '/api/v1/tokens', {}, signal)).items,
  })

/** The answer holds the token: it goes with what shows it. */
export function useMakeToken() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: NewToken) => call<typeof tokensRoutes.make>('POST', '/api/v1/account/tokens', { body }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: TOKENS }),
    gcTime: 0,
  })
}

export type Whose = 'own' | 'all'

export function useRevokeToken(whose: Whose) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (tokenId: string) =>
      whose === 'own'
        ? call<typeof tokensRoutes.revokeOwn>('DELETE', '/api/v1/account/tokens/:tokenId', {
            params: { tokenId },
            body: {},
          })
        : call<typeof tokensRoutes.revoke>('DELETE', '/api/v1/tokens/:tokenId', { params: { tokenId }, body: {} }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: TOKENS }),
  })
}

import type { passkeyRoutes } from '@ostor-console/shared/passkeys'
import type { Session } from '@ostor-console/shared/session'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { changingSession } from './account.queries.ts'
import { answerTo, makeFor } from './passkey-browser.ts'
import { enter } from './session.queries.ts'

/** In place of the password and the second step, or of the second step alone. */
export function usePasskeySignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      const request = await call<typeof passkeyRoutes.beginSignIn>('POST', '/api/v1/session/passkey/challenge', {
        body: {},
      })
      const body = await answerTo(request)
      return call<typeof passkeyRoutes.signIn>('POST', '/api/v1/session/passkey', { body })
    },
    onSuccess: (session) => enter(queryClient, session),
    gcTime: 0,
  })
}

export function usePasskeyProof() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      const request = await call<typeof passkeyRoutes.beginProof>('POST', '/api/v1/session/proof/passkey/challenge', {
        body: {},
      })
      const body = await answerTo(request)
      return call<typeof passkeyRoutes.prove>('POST', '/api/v1/session/proof/passkey', { body })
    },
    onSuccess: (session) => enter(queryClient, session),
    gcTime: 0,
  })
}

export function useAddPasskey() {
  const queryClient = useQueryClient()
  return useMutation({
    ...changingSession(queryClient),
    mutationFn: async (name: string) => {
      const offer = await call<typeof passkeyRoutes.begin>('POST', '/api/v1/account/passkey-challenge', { body: {} })
      const body = await makeFor(offer, name)
      return call<typeof passkeyRoutes.add>('POST', '/api/v1/account/passkeys', { body })
    },
    onSuccess: (session: Session) => enter(queryClient, session),
  })
}

export function useRemovePasskey() {
  const queryClient = useQueryClient()
  return useMutation({
    ...changingSession(queryClient),
    mutationFn: (passkeyId: string) =>
      call<typeof passkeyRoutes.remove>('DELETE', '/api/v1/account/passkeys/:passkeyId', {
        params: { passkeyId },
        body: {},
      }),
    onSuccess: (session: Session) => enter(queryClient, session),
  })
}

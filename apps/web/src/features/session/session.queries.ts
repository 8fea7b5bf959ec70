import { t } from '@lingui/core/macro'
import type { accountRoutes } from '@ostor-console/shared/account'
import type { adminsRoutes } from '@ostor-console/shared/admins'
import { ProblemError } from '@ostor-console/shared/problem'
import type { SecondFactorCode, Session, sessionRoutes } from '@ostor-console/shared/session'
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call, writeAs } from '../../api/call.ts'

const KEY = ['session']

/** A console that stays open beneath the sign-in keeps its clusters, and with them the page and what is typed there. */
const entered = (session: Session, before: Session | undefined): Session => {
  writeAs(session)
  return session.state === 'signed-in' ? session : { ...session, clusters: before?.clusters ?? [] }
}

/** The session that an answer began takes the place of the one before. */
export const enter = (queryClient: QueryClient, session: Session): void => {
  queryClient.setQueryData<Session>(KEY, (before) => entered(session, before))
}

const readSession = (signal?: AbortSignal) => call<typeof sessionRoutes.read>('GET', '/api/v1/session', {}, signal)

/** Without its cookie a sign-in would seem to work, and the next request would say that the session has ended. */
const keptByBrowser = async (begun: Session): Promise<Session> => {
  if ((await readSession()).state === begun.state) return begun
  throw new ProblemError({
    type: '/problems/cookie-not-kept',
    title: t({ id: '/problems/cookie-not-kept', message: 'The browser did not keep the session' }),
    status: 0,
    detail: t`The sign-in was right, but the next request came without its cookie. Allow cookies for this address; where they are, the proxy in front of the console takes them away; the log of the console says at its start what it found.`,
  })
}

export const sessionQuery = () =>
  queryOptions({
    queryKey: KEY,
    queryFn: async ({ client, signal }) => {
      return entered(await readSession(signal), client.getQueryData<Session>(KEY))
    },
    staleTime: 60_000,
    // In another tab somebody else may have signed in meanwhile.
    refetchOnWindowFocus: 'always',
    gcTime: Infinity,
  })

/**
 * Called when an answer says that there is no session; the page beneath stays as it is. It is asked once more, because a
 * proof in the meantime may have put another session in the place of the one that was asked with.
 */
export function checkSession(queryClient: QueryClient): void {
  if (queryClient.isFetching({ queryKey: KEY }) === 0) void queryClient.refetchQueries({ queryKey: KEY })
}

export function useProve() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { password: string; second?: SecondFactorCode }) =>
      call<typeof sessionRoutes.prove>('POST', '/api/v1/session/proof', { body }),
    onSuccess: (session) => enter(queryClient, session),
    gcTime: 0,
  })
}

export function useJoin() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { code: string; password: string }) =>
      call<typeof adminsRoutes.join>('POST', '/api/v1/join', { body }),
    onSuccess: (session) => enter(queryClient, session),
    gcTime: 0,
  })
}

export function useSignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (body: { email: string; password: string }) =>
      keptByBrowser(await call<typeof sessionRoutes.signIn>('POST', '/api/v1/session', { body })),
    onSuccess: (session) => enter(queryClient, session),
    gcTime: 0,
  })
}

/** The code, or a recovery code, after the password. */
export function useSecondStep() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: SecondFactorCode) =>
      call<typeof accountRoutes.secondStep>('POST', '/api/v1/session/second-factor', { body }),
    onSuccess: (session) => enter(queryClient, session),
    gcTime: 0,
  })
}

/** Back to the password. */
export function useBeginAgain() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => call<typeof accountRoutes.beginAgain>('DELETE', '/api/v1/session/second-factor', { body: {} }),
    onSuccess: (session) => enter(queryClient, session),
  })
}

export function useSetUp() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { code: string; email: string; password: string }) =>
      call<typeof sessionRoutes.setUp>('POST', '/api/v1/setup', { body }),
    onSuccess: (session) => enter(queryClient, session),
    gcTime: 0,
  })
}

export function useSignOut() {
  return useMutation({
    mutationFn: () => call<typeof sessionRoutes.signOut>('DELETE', '/api/v1/session', { body: {} }),
    // A fresh page is the one sure way to leave nothing of this admin in memory.
    onSuccess: () => window.location.replace('/sign-in'),
  })
}

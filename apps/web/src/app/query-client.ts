import { ProblemError } from '@ostor-console/shared/problem'
import { MutationCache, notifyManager, QueryCache, QueryClient } from '@tanstack/react-query'
import { every } from '../api/every.ts'
import { checkSession } from '../features/session/session.queries.ts'

/** The session has ended, or another page of this browser began one of another admin. */
const isLostSession = (error: unknown): boolean =>
  error instanceof ProblemError && (error.is('session-required') || error.is('request-not-from-console'))

/** A refusal will not change by asking again; a broken connection may. */
const worthRetrying = (failures: number, error: unknown): boolean =>
  failures < 1 && error instanceof ProblemError && error.problem.status === 0

const blamesGateway = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.type.startsWith('/problems/gateway-')

const onError = (error: unknown): void => {
  if (isLostSession(error)) checkSession(queryClient)
  // The banner over the page is to know it as soon as the page does.
  if (blamesGateway(error)) void queryClient.invalidateQueries({ queryKey: ['connection'] })
}

// A button is out of reach before the second click of a double click arrives, so nothing is sent twice.
notifyManager.setScheduler(queueMicrotask)

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: { staleTime: 15_000, retry: worthRetrying, retryDelay: 500, refetchInterval: every(false) },
    mutations: { retry: false, networkMode: 'always' },
  },
})

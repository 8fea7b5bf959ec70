import { ProblemError } from '@ostor-console/shared/problem'

const SOON_MS = 10_000

/** The gateway, the store or the way to the console may be back a moment later; a refusal stays one. */
const mayPass = (error: unknown): error is ProblemError =>
  error instanceof ProblemError &&
  (error.problem.status === 0 ||
    error.is('store-unavailable') ||
    (error.problem.type.startsWith('/problems/gateway-') && !error.is('gateway-refused')))

type Asked = { state: { error: Error | null } }

/** How long a page waits before it reads again by itself, in milliseconds; sooner after a failure that may pass. */
export const every =
  (ms: number | false) =>
  ({ state: { error } }: Asked): number | false => {
    if (!mayPass(error)) return ms
    const asked = (error.problem.retryAfterSeconds ?? 0) * 1000
    return Math.max(SOON_MS, asked)
  }

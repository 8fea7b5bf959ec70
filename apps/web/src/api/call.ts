import { t } from '@lingui/core/macro'
import { type Problem, ProblemError } from '@ostor-console/shared/problem'
import type { Route, RouteInput, RouteOutput } from '@ostor-console/shared/route'
import type { Session, sessionRoutes } from '@ostor-console/shared/session'
import { type Answer, read } from './reads.ts'

/** The BFF itself gives up on a slow gateway list after 30 s. */
const TIMEOUT_MS = 45_000

let csrfToken: string | null = null
let adminId: string | null = null

/** Every write is sent with the token of the session. What was begun in the name of one admin is never sent in that of another. */
export const writeAs = (session: Pick<Session, 'csrfToken' | 'admin'>): void => {
  csrfToken = session.csrfToken
  adminId = session.admin?.id ?? null
}

let prove: () => Promise<boolean> = async () => false

/** Asks the admin to prove who they are, when an answer says that it takes that; answers whether they did. */
export const setProver = (prover: () => Promise<boolean>): void => {
  prove = prover
}

type Parts = {
  params?: Record<string, string>
  querystring?: Record<string, string | undefined>
  headers?: Record<string, string | undefined>
  body?: unknown
  /** Longer for what takes long. */
  timeoutMs?: number
}

/**
 * One request to the BFF: `call<typeof keysRoutes.list>('GET', '/api/v1/…', { params }, signal)`.
 * Method and address are literals that the compiler checks against the contract, so its schemas stay out of the bundle.
 * Every failure is a `ProblemError`; a write whose answer never arrived is `outcome-unknown`, because it may have worked.
 * What was refused before anything happened, for want of a proof or with the token of an older session, is asked again.
 */
export async function call<R extends Route>(
  method: R['method'],
  url: R['url'],
  input: RouteInput<R> & Parts,
  signal?: AbortSignal,
): Promise<RouteOutput<R>> {
  const write = method !== 'GET'
  const { params, querystring, ...rest }: Parts = input
  const address = addressOf(url, params ?? {}, querystring ?? {})
  const asked = { ...rest, method, address, operationId: write ? newOperationId() : null, signal }
  const [token, writer] = [csrfToken, adminId]
  try {
    return await send(asked)
  } catch (error) {
    if (!write || !(error instanceof ProblemError)) throw error
    const again =
      (error.is('request-not-from-console') && token !== null && (await renewToken(token))) ||
      (error.is('proof-required') && (await prove()))
    if (!again || (writer !== null && adminId !== writer)) throw error
    return await send(asked)
  }
}

type Asked = Parts & { method: string; address: string; operationId: string | null; signal: AbortSignal | undefined }

const send = async ({ method, address, headers, body, operationId, signal, timeoutMs = TIMEOUT_MS }: Asked) => {
  const write = operationId !== null
  const timeout = AbortSignal.timeout(timeoutMs)
  let response: Answer
  try {
    response = await (write ? fetch : read)(address, {
      method,
      headers: {
        ...defined(headers ?? {}),
        ...(write && {
          'content-type': 'application/json',
          'x-requested-by': 'console',
          'operation-id': operationId,
        }),
        ...tokenFor(write),
      },
      ...(write && { body: JSON.stringify(body ?? {}) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      credentials: 'same-origin',
    })
    if (response.ok) {
      const answer = response.status === 204 ? undefined : await response.json()
      return answer
    }
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ProblemError(operationId ? { ...lostWrite(), operationId } : unreachable(), { cause })
  }
  throw new ProblemError(await documentOf(response, operationId))
}

/** Another page of this browser may have begun a new session; answers whether that one has another token. */
const renewToken = async (old: string): Promise<boolean> => {
  const session = await call<typeof sessionRoutes.read>('GET', '/api/v1/session', {})
  writeAs(session)
  return csrfToken !== null && csrfToken !== old
}

const addressOf = (url: string, params: Record<string, string>, query: Record<string, string | undefined>): string => {
  const path = url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams(defined(query)).toString()
  return search ? `${path}?${search}` : path
}

/** Chosen here, so that what became of a write can be asked although its answer never came; and sent twice, it is done once. */
const newOperationId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

const tokenFor = (write: boolean) => (write && csrfToken ? { 'x-csrf-token': csrfToken } : {})

const defined = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined))

const documentOf = async (response: Answer, operationId: string | null): Promise<Problem> => {
  const body: unknown = await response.json().catch(() => null)
  if (isProblem(body)) return body
  if (operationId && response.status >= 500) return { ...lostWrite(), operationId }
  return {
    ...unreachable(),
    status: response.status,
    detail: t`Something between here and the console answered ${response.status}.`,
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'type' in body && 'title' in body && 'status' in body

const unreachable = (): Problem => ({
  type: 'about:blank',
  title: t`The console does not answer`,
  status: 0,
  detail: t`The browser could not reach the console. Check your connection, then try again.`,
})

const lostWrite = (): Problem => ({
  type: '/problems/outcome-unknown',
  title: t`It is not known whether this took effect`,
  status: 0,
  detail: t`The connection broke before the answer arrived.`,
})

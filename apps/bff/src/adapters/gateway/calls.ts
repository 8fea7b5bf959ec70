import { type ProblemError, problem } from '@ostor-console/shared/problem'
import { MAX_BYTES, type Sink, wholeBody } from './body.ts'
import { type Call, ExchangeError, exchangesWith, type Reply } from './exchange.ts'
import { asProblem, failed, refusalOf, refused } from './failures.ts'
import type { Lanes } from './lanes.ts'
import { noteRequestId } from './request-ids.ts'
import { createReads } from './retry.ts'
import type { Secret } from './secret.ts'
import { signV2 } from './sign-v2.ts'
import { signV4 } from './sign-v4.ts'
import { jsonOf } from './sinks.ts'
import { clockSkewOf, header } from './told.ts'
import { bucketTargetOf, type Parameters, type Service, targetOf } from './url.ts'

export type GatewayConfig = {
  /** Scheme, host and port. */
  endpoint: string
  accessKeyId: string
  secretAccessKey: Secret
  signature: 'v2' | 'v4'
  region: string
  /** PEM of the authorities to trust in place of the system's. */
  ca?: string
  callTimeoutMs?: number
  listTimeoutMs?: number
}

type Log = { debug(fields: object, message: string): void; warn(fields: object, message: string): void }
export type GatewayParts = {
  now?: () => Date
  log?: Log
  /** Spreads the pauses between tries of a read. */
  random?: () => number
  /** Waited for before every request, each try included. */
  pace?: () => Promise<void>
  /** Each request runs in here, so that others can wait for it. */
  first?: Lanes['first']
}

/** What one call showed of the connection. */
export type Seen = {
  at: Date
  problem: ProblemError | null
  clockSkewSeconds: number | null
  latencyMs: number | null
}

type Answered<T> = Extract<Reply<T>, { ok: true }>
type Method = Call<unknown>['method']
type Kind = Exclude<keyof typeof MAX_BYTES, 'failure'>
export type Calls = ReturnType<typeof callsTo>

const OWN_ID_LENGTH = 16

const atOnce = <T>(call: () => Promise<T>): Promise<T> => call()

/** Signed calls to one gateway. Every failure leaves here as a ProblemError; nothing above knows HTTP to the gateway. */
export const callsTo = (
  config: GatewayConfig,
  { now = () => new Date(), log, random = Math.random, pace, first = atOnce }: GatewayParts = {},
) => {
  const { origin, host } = new URL(config.endpoint)
  const { accessKeyId: id, secretAccessKey: secret, region, callTimeoutMs = 10_000, listTimeoutMs = 30_000 } = config
  const exchanges = exchangesWith(origin, config.ca)
  const watchers = new Set<(seen: Seen) => void>()
  const reads = createReads(random)

  const timeoutOf = (kind: Kind) => (kind === 'list' ? listTimeoutMs : callTimeoutMs)

  const headersFor = (method: Method, resource: string, target: string): Record<string, string> => {
    const date = now()
    const signed =
      config.signature === 'v4'
        ? signV4({ method, target, host, date }, { id, secret, region })
        : signV2({ method, resource, date }, { id, secret })
    return { accept: '*/*', ...signed }
  }

  const tell = (failure: ProblemError | null, reply: Pick<Reply<unknown>, 'headers' | 'latencyMs'> | null): void => {
    const at = now()
    const clockSkewSeconds = reply && clockSkewOf(reply.headers, at)
    for (const watch of watchers) watch({ at, problem: failure, clockSkewSeconds, latencyMs: reply?.latencyMs ?? null })
  }

  const callTo =
    <T>(method: Method, resource: string, target: string, kind: Kind, sink: () => Sink<T>) =>
    (timeoutMs: number): Call<T> => ({
      method,
      target,
      headers: headersFor(method, resource, target),
      timeoutMs,
      maxBytes: MAX_BYTES[kind],
      sink,
    })

  const callFor = <T>(method: Method, service: Service, parameters: Parameters, kind: Kind, sink: () => Sink<T>) =>
    callTo(method, `/?${service}`, targetOf(service, parameters), kind, sink)

  /** A 2xx answer; everything else is thrown as the problem it is. `isAboutUs`: a refusal may mean our key. */
  const settled = async <T>(
    method: Method,
    service: Service | 'replication',
    exchange: Promise<Reply<T>>,
    isAboutUs = true,
  ): Promise<Answered<T>> => {
    try {
      const reply = await exchange
      const { status, headers, latencyMs } = reply
      if (method !== 'GET') noteRequestId(headers)
      log?.debug({ method, service, status, latencyMs, requestId: headers['x-amz-request-id'] }, 'gateway answered')
      const failure = reply.ok ? null : refused(status, headers, reply.body, now())
      if (isAboutUs || !failure || failure.is('gateway-unreachable')) tell(failure, reply)
      if (!reply.ok) throw failure
      reads.answered()
      return reply
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error
      const failure = failed(error)
      if (method !== 'GET' && error.answered) noteRequestId(error.answered.headers)
      log?.warn({ method, service, detail: failure.message }, 'gateway call failed')
      tell(failure, error.answered && { headers: error.answered.headers, latencyMs: 0 })
      throw method === 'GET' ? failure : afterWrite(error, failure)
    }
  }

  const settle = async <T>(method: Method, service: Service, exchange: Promise<Reply<T>>): Promise<T> =>
    (await settled(method, service, exchange)).body

  const readOnce = <T>(service: Service, parameters: Parameters, kind: Kind, sink: () => Sink<T>) => {
    const call = callFor('GET', service, parameters, kind, sink)
    return async (timeoutMs: number): Promise<T> => {
      await pace?.()
      return settle(
        'GET',
        service,
        first(() => exchanges.read(call(timeoutMs))),
      )
    }
  }

  /** The least that shows whether the gateway takes our key: reading the user it belongs to. One try. */
  const ping = async (): Promise<void> => {
    const anything = jsonOf((document) => document)
    try {
      await readOnce('ostor-users', { id: id.slice(0, OWN_ID_LENGTH) }, 'one', anything)(callTimeoutMs)
    } catch (error) {
      if (refusalOf(error)?.status !== 404 || !asProblem(error)?.is('gateway-refused')) throw error
    }
  }

  /** "Access denied" may be about us or about what was asked; only another call tells. */
  const orAboutUs = async (error: unknown): Promise<never> => {
    if (!asProblem(error)?.is('gateway-key-not-system')) throw error
    await ping()
    throw problem('gateway-refused', { detail: asProblem(error)?.message ?? '' }, { cause: refusalOf(error) })
  }

  return {
    ping,

    read: <T>(service: Service, parameters: Parameters, kind: Kind, sink: () => Sink<T>): Promise<T> =>
      reads.run(timeoutOf(kind), readOnce(service, parameters, kind, sink)),

    /** As `read`, for what the gateway may deny to a system user as well. */
    readOrDenied: <T>(service: Service, parameters: Parameters, kind: Kind, sink: () => Sink<T>): Promise<T> =>
      reads.run(timeoutOf(kind), readOnce(service, parameters, kind, sink)).catch(orAboutUs),

    /**
     * One setting of a bucket. Who may read it is a matter of the bucket, so a refusal says nothing of our key. Of the
     * headers only the address of the other cluster is handed on: its secret key is among them.
     */
    async readOfBucket(bucket: string, setting: 'replication'): Promise<{ text: string; remote: string | null }> {
      const target = bucketTargetOf(bucket, setting)
      const call = callTo('GET', target, target, 'configuration', wholeBody)
      const { body, headers } = await reads.run(callTimeoutMs, (timeoutMs) =>
        settled(
          'GET',
          setting,
          first(() => exchanges.read(call(timeoutMs))),
          false,
        ),
      )
      return { text: body.toString('utf8'), remote: header(headers, 'x-amz-geo-endpoint') }
    },

    /** One try, whatever happens. */
    write: async <T>(
      method: Exclude<Method, 'GET'>,
      service: Service,
      parameters: Parameters,
      sink: () => Sink<T>,
    ): Promise<T> => {
      await pace?.()
      const call = callFor(method, service, parameters, 'one', sink)
      return settle(
        method,
        service,
        first(() => exchanges.write(call(callTimeoutMs))),
      )
        .catch(unlessUnknown)
        .catch(orAboutUs)
    },

    watch: (watcher: (seen: Seen) => void): (() => void) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },

    close: (): Promise<void> => exchanges.close(),
  }
}

/** A write whose answer is lost or cannot be read may have taken effect. */
const afterWrite = (error: ExchangeError, failure: ProblemError): ProblemError =>
  error.sent ? problem('outcome-unknown', { detail: failure.message }, { cause: error }) : failure

/** So may one that failed at the gateway, or behind a proxy that gave up waiting. */
const unlessUnknown = (error: unknown): never => {
  const status = refusalOf(error)?.status ?? 0
  if (status < 500 && status !== 408) {
    if (status !== 429) throw error
    throw problem('gateway-refused', { ...extraOf(error) }, { cause: refusalOf(error) })
  }
  throw problem('outcome-unknown', { ...extraOf(error) }, { cause: refusalOf(error) })
}

const extraOf = (error: unknown) => {
  const { detail = '', retryAfterSeconds } = asProblem(error)?.problem ?? {}
  return { detail, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
}

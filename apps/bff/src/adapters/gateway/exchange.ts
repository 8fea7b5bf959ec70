import { said } from '@ostor-console/shared/said'
import { buildConnector, Client, type Dispatcher, Pool } from 'undici'
import { createTurns } from '../../turns.ts'
import { MAX_BYTES, type Sink, wholeBody } from './body.ts'
import { type Headers, isHtml, isXml } from './told.ts'

export type Call<T> = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  target: string
  headers: Record<string, string>
  body?: string
  timeoutMs: number
  maxBytes: number
  /** Makes a new sink for each try. It sees the body of a 2xx answer only. */
  sink: () => Sink<T>
}

/** Of an answer that is not 2xx the body is the first 64 KiB. */
type Outcome<T> = { ok: true; body: T } | { ok: false; body: Buffer }

export type Reply<T> = { status: number; headers: Headers; latencyMs: number } & Outcome<T>

/** There is no answer, or none that can be used. `sent` is false when the gateway cannot have seen the request. */
export class ExchangeError extends Error {
  override name = 'ExchangeError'
  readonly sent: boolean
  readonly timedOut: boolean
  /** The status line came, and what follows it is what is wrong. */
  readonly answered: Answered | null

  constructor(message: string, how: { sent: boolean; timedOut: boolean; answered: Answered | null }, cause: unknown) {
    super(message, { cause })
    this.sent = how.sent
    this.timedOut = how.timedOut
    this.answered = how.answered
  }
}

/** The body itself has no place here, because it may hold a secret. */
type Answered = { status: number; headers: Headers; text: 'html' | 'xml' | 'other' | 'none' }

const HEAD_BYTES = 256

const kindOfText = (headers: Headers, chunk: Buffer): Answered['text'] => {
  const head = chunk.toString('utf8', 0, HEAD_BYTES)
  return isHtml(headers, head) ? 'html' : isXml(head) ? 'xml' : 'other'
}

const CONNECT_TIMEOUT_MS = 5000

const OPTIONS = {
  allowH2: false,
  pipelining: 1,
  // Each byte would restart these two; one deadline over the whole call stands in their place.
  headersTimeout: 0,
  bodyTimeout: 0,
} satisfies Client.Options

const isOk = (status: number): boolean => status >= 200 && status < 300

const fill = async <T>(body: AsyncIterable<Buffer>, sink: Sink<T>, maxBytes: number, seen: Answered): Promise<T> => {
  let size = 0
  const turn = createTurns()
  for await (const chunk of body) {
    if (size === 0) seen.text = kindOfText(seen.headers, chunk)
    size += chunk.length
    if (size > maxBytes) throw new RangeError(said`it is longer than ${maxBytes} bytes`)
    sink.push(chunk)
    await turn()
  }
  return sink.end()
}

const firstOf = async (body: AsyncIterable<Buffer>): Promise<Buffer> => {
  const sink = wholeBody()
  let size = 0
  for await (const chunk of body) {
    sink.push(chunk)
    size += chunk.length
    if (size > MAX_BYTES.failure) break
  }
  return sink.end().subarray(0, MAX_BYTES.failure)
}

const send = async <T>(dispatcher: Dispatcher, call: Call<T>, wasSent: () => boolean): Promise<Reply<T>> => {
  const started = performance.now()
  const signal = AbortSignal.timeout(call.timeoutMs)
  const { method, target: path, headers, body: sent = null } = call
  let answered: Answered | null = null
  try {
    const { statusCode: status, ...answer } = await dispatcher.request({ method, path, headers, body: sent, signal })
    answered = { status, headers: answer.headers, text: 'none' }
    const body: Outcome<T> = isOk(status)
      ? { ok: true, body: await fill(answer.body, call.sink(), call.maxBytes, answered) }
      : { ok: false, body: await firstOf(answer.body) }
    return { status, headers: answer.headers, latencyMs: performance.now() - started, ...body }
  } catch (cause) {
    const message = signal.aborted ? said`No whole answer within ${call.timeoutMs / 1000} s` : said`The exchange failed`
    throw new ExchangeError(message, { sent: wasSent(), timedOut: signal.aborted, answered }, cause)
  }
}

/** HTTP/1.1 to one host. No redirect is followed and nothing is sent twice. */
export const exchangesWith = (origin: string, ca?: string) => {
  const connect = buildConnector({ allowH2: false, timeout: CONNECT_TIMEOUT_MS, ...(ca === undefined ? {} : { ca }) })
  const pool = new Pool(origin, { ...OPTIONS, connect, connections: 8 })

  return {
    read: <T>(call: Call<T>): Promise<Reply<T>> => send(pool, call, () => true),

    /** On a connection of its own: on a used one, a close by the gateway could not be told from a lost answer. */
    async write<T>(call: Call<T>): Promise<Reply<T>> {
      let connected = false
      const client = new Client(origin, {
        ...OPTIONS,
        connect: (options, callback) =>
          connect(options, (...[error, socket]) => {
            connected ||= error === null
            return error === null ? callback(null, socket) : callback(error, null)
          }),
      })
      try {
        return await send(client, call, () => connected)
      } finally {
        await client.destroy()
      }
    },

    close: (): Promise<void> => pool.destroy(),
  }
}

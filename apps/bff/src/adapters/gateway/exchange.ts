import { buildConnector, Client, type Dispatcher, Pool } from 'undici'
import { MAX_BYTES, type Sink, wholeBody } from './body.ts'

export type Call<T> = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  target: string
  headers: Record<string, string>
  timeoutMs: number
  maxBytes: number
  /** Makes a new sink for each try. It sees the body of a 2xx answer only. */
  sink: () => Sink<T>
}

export type Headers = Record<string, string | string[] | undefined>

export type Reply<T> = { status: number; headers: Headers; latencyMs: number } & (
  | { ok: true; body: T }
  /** The first 64 KiB. */
  | { ok: false; body: Buffer }
)

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

/** `head` is the first piece of the body, for telling what kind of text it is. */
type Answered = { status: number; headers: Headers; head: string }

const CONNECT_TIMEOUT_MS = 5000

const OPTIONS = {
  allowH2: false,
  pipelining: 1,
  // Each byte would restart these two; one deadline over the whole call stands in their place.
  headersTimeout: 0,
  bodyTimeout: 0,
} satisfies Client.Options

const HEAD_BYTES = 256

const receive = async <T>(call: Call<T>, answer: Dispatcher.ResponseData, answered: Answered): Promise<T | Buffer> => {
  const ok = answer.statusCode >= 200 && answer.statusCode < 300
  const sink: Sink<T | Buffer> = ok ? call.sink() : wholeBody()
  const maxBytes = ok ? call.maxBytes : MAX_BYTES.failure
  let size = 0
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    if (size === 0) answered.head = chunk.toString('utf8', 0, HEAD_BYTES)
    size += chunk.length
    if (size > maxBytes && !ok) break
    if (size > maxBytes) throw new RangeError(`The answer is longer than ${maxBytes} bytes`)
    sink.push(chunk)
  }
  return sink.end()
}

const send = async <T>(dispatcher: Dispatcher, call: Call<T>, wasSent: () => boolean): Promise<Reply<T>> => {
  const started = performance.now()
  const signal = AbortSignal.timeout(call.timeoutMs)
  const { method, target: path, headers } = call
  let answered: Answered | null = null
  try {
    const answer = await dispatcher.request({ method, path, headers, signal })
    answered = { status: answer.statusCode, headers: answer.headers, head: '' }
    const body = await receive(call, answer, answered)
    const reply = { status: answer.statusCode, headers: answer.headers, latencyMs: performance.now() - started }
    return answer.statusCode >= 200 && answer.statusCode < 300
      ? { ...reply, ok: true, body: body as T }
      : { ...reply, ok: false, body: body as Buffer }
  } catch (cause) {
    const message = signal.aborted ? `No whole answer within ${call.timeoutMs / 1000} s` : 'The exchange failed'
    throw new ExchangeError(message, { sent: wasSent(), timedOut: signal.aborted, answered }, cause)
  }
}

export type Exchanges = ReturnType<typeof exchangesWith>

/** HTTP/1.1 to one gateway. No redirect is followed and nothing is sent twice. */
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

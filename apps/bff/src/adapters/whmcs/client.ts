import { said } from '@ostor-console/shared/said'
import * as z from 'zod'
import { MAX_BYTES, wholeBody } from '../gateway/body.ts'
import { ExchangeError, exchangesWith } from '../gateway/exchange.ts'
import type { Secret } from '../gateway/secret.ts'
import { badAnswer, lost, refusedBy } from './failures.ts'
import { type Clock, createGuard } from './guard.ts'
import { WhmcsError } from './whmcs.ts'

export type WhmcsApi = {
  /** Of `includes/api.php`. */
  url: URL
  identifier: string
  secret: Secret
  accessKey: Secret | null
  /** PEM of the authorities to trust in place of the system's. */
  ca: string | null
  timeoutMs: number
  maxPerSecond: number
  maxParallel: number
}

type Log = { warn(fields: object, message: string): void }
export type WhmcsParts = {
  log?: Log
  /** For how long nothing is asked after five calls in a row found nobody. */
  openMs?: number
  /** On which calls wait for their turn. */
  clock?: Clock
}

/** `true` goes as 1; what is `undefined` is left out. The text `false` would be true for PHP, so there is no `false`. */
export type Parameters = Record<string, string | number | true | undefined>

export type WhmcsClient = ReturnType<typeof clientTo>

/** One documented sample says `status` in place of `result`. */
const Outcome = z.object({
  result: z.string().optional(),
  status: z.string().optional(),
  message: z.string().optional().catch(undefined),
})

/** A file of PHP that begins with a byte order mark puts one before every answer. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF+/, ''))
  } catch {
    return undefined
  }
}

/** Calls of the external API. Nothing is sent twice, no redirect is followed, and neither parameters nor answers are logged. */
export const clientTo = (api: WhmcsApi, { log, openMs = 30_000, clock }: WhmcsParts = {}) => {
  const { url, identifier, secret, accessKey, timeoutMs, maxPerSecond, maxParallel } = api
  const exchanges = exchangesWith(url.origin, api.ca ?? undefined)
  const guard = createGuard({ maxPerSecond, maxParallel, openMs }, clock)

  const formOf = (action: string, parameters: Parameters): string => {
    const form = new URLSearchParams({ identifier, secret: secret.reveal(), action, responsetype: 'json' })
    if (accessKey) form.set('accesskey', accessKey.reveal())
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) form.set(name, value === true ? '1' : String(value))
    }
    return form.toString()
  }

  const exchange = async (action: string, parameters: Parameters) => {
    try {
      return await exchanges.write({
        method: 'POST',
        target: url.pathname,
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: formOf(action, parameters),
        timeoutMs,
        maxBytes: MAX_BYTES.one,
        sink: wholeBody,
      })
    } catch (error) {
      throw error instanceof ExchangeError ? lost(action, error) : error
    }
  }

  /** What WHMCS says of itself may quote what it was sent. */
  const hidden = (message: string): string =>
    [secret, accessKey].reduce((text, key) => (key ? text.replaceAll(key.reveal(), '[secret]') : text), message)

  const call = async <T>(action: string, parameters: Parameters, shape: z.ZodType<T>): Promise<T> => {
    const { status, body } = await exchange(action, parameters)
    if (status >= 300 && status < 400)
      throw badAnswer(said`WHMCS answered ${action} ${status}, a redirect, which is not followed`)
    const document = jsonOf(body.toString('utf8'))
    // Which status goes with an error is documented nowhere, so the body is what counts.
    const outcome = Outcome.safeParse(document).data
    const result = outcome?.result ?? outcome?.status
    if (result === 'error') throw refusedBy(action, hidden(outcome?.message ?? said`no message`))
    if (document === undefined)
      throw badAnswer(said`WHMCS answered ${action} ${status} with something that is not JSON`)
    if (result !== 'success') throw badAnswer(said`WHMCS answered ${action} ${status} without saying how it went`)
    const answer = shape.safeParse(document)
    if (answer.success) return answer.data
    const at = answer.error.issues[0]?.path.join('.') ?? ''
    throw badAnswer(said`WHMCS answered ${action} in a form that is not known, at "${at}"`)
  }

  const logged = async <T>(action: string, work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (error instanceof WhmcsError)
        log?.warn({ action, kind: error.kind, detail: error.message }, 'WHMCS call failed')
      throw error
    }
  }

  return {
    ask: <T>(action: string, shape: z.ZodType<T>, parameters: Parameters = {}): Promise<T> =>
      logged(
        action,
        guard.run(() => call(action, parameters, shape)),
      ),

    /** As `ask`, also while WHMCS is left alone because it did not answer. */
    probe: <T>(action: string, shape: z.ZodType<T>): Promise<T> =>
      logged(
        action,
        guard.probe(() => call(action, {}, shape)),
      ),

    close: (): Promise<void> => exchanges.close(),
  }
}

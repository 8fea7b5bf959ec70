import { ProblemError, type ProblemKind, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { ExchangeError } from './exchange.ts'
import { clockSkewOf, type Headers, retryAfterOf, safeText, type Told, toldBy } from './told.ts'

/** An answer that says no. It is the `cause` of the problem it became, so that callers can ask for its status. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly told: Told

  constructor(status: number, told: Told) {
    super(`${status} ${told.code ?? ''} ${told.message ?? ''}`.trim())
    this.status = status
    this.told = told
  }
}

export const refusalOf = (error: unknown): Refusal | null =>
  error instanceof Error && error.cause instanceof Refusal ? error.cause : null

const NO_SUCH_CODES = ['NotImplemented', 'MethodNotAllowed', 'UnsupportedOperation', 'NoSuchOperation']
const NO_SUCH_WORDS =
  /\b(not (supported|implemented)|unsupported|(unknown|no such|unrecogni[sz]ed) [\w-]*\s?(operation|parameter|resource))/i

/** The gateway does not know what was asked at all, rather than that it found fault with how it was asked. */
export const isNoSuchOperation = ({ status, told }: Refusal): boolean => {
  if (status === 405 || status === 501) return true
  return status === 400 && (NO_SUCH_CODES.includes(told.code ?? '') || NO_SUCH_WORDS.test(told.message ?? ''))
}

const S3_TOLERANCE_SECONDS = 900
const KEY_CODES = ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidSecurity', 'InvalidToken']
const CLOCK_CODES = ['RequestTimeTooSkewed', 'RequestExpired']
const BUSY = [429, 502, 503, 504]

/** The gateway numbers every answer and names what it refuses; a proxy that does not know the way to it does neither. */
const isByProxy = (status: number, { html, code, message, requestId }: Told): boolean =>
  requestId === null && status < 500 && (html || (status === 404 && code === null && message === null))

const kindOfRefusal = (status: number, told: Told, skew: number | null): ProblemKind => {
  if (status < 400 || isByProxy(status, told)) return 'gateway-not-ostor'
  if (BUSY.includes(status)) return 'gateway-unreachable'
  if (CLOCK_CODES.includes(told.code ?? '')) return 'gateway-clock'
  if (KEY_CODES.includes(told.code ?? '')) return 'gateway-key-wrong'
  if (status !== 401 && status !== 403) return 'gateway-refused'
  // Another code at 403 is about what was asked, not about who asks.
  if (status === 403 && told.code !== null && told.code !== 'AccessDenied') return 'gateway-refused'
  if (Math.abs(skew ?? 0) > S3_TOLERANCE_SECONDS) return 'gateway-clock'
  if (told.code === null && status === 401) return 'gateway-key-wrong'
  return 'gateway-key-not-system'
}

const detailOf = (kind: ProblemKind, status: number, told: Told, skew: number | null): string => {
  if (kind === 'gateway-clock')
    return skew === null
      ? said`The clock of the gateway is some seconds from ours`
      : said`The clock of the gateway is ${skew} seconds from ours`
  const answer = [status, [told.code, told.message].filter((part) => part !== null).join(': ')].join(' ').trim()
  if (kind === 'gateway-not-ostor')
    return status < 400
      ? said`The gateway answered ${answer}, a redirect, which is not followed`
      : told.html
        ? said`The gateway answered ${answer} with a page for people`
        : said`The gateway answered ${answer} without the marks of an ostor gateway`
  if (kind === 'gateway-key-not-system' && told.code === null)
    return said`The gateway answered ${answer}: the key is not valid, or it does not belong to a system user`
  return said`The gateway answered ${answer}`
}

/** What an answer that is not 2xx stands for. */
export const refused = (status: number, headers: Headers, body: Buffer, now: Date): ProblemError => {
  const told = toldBy(headers, body)
  const skew = clockSkewOf(headers, now)
  const wait = retryAfterOf(headers, now)
  const kind = kindOfRefusal(status, told, skew)
  const extra = {
    detail: detailOf(kind, status, told, skew),
    ...(kind === 'gateway-clock' && skew !== null ? { clockSkewSeconds: skew } : {}),
    ...(wait === null ? {} : { retryAfterSeconds: wait }),
  }
  return problem(kind, extra, { cause: new Refusal(status, told) })
}

/** Of the innermost failure that has one, such as `ECONNREFUSED`; empty without one. */
export const codeOf = (error: unknown): string => {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code
  }
  return ''
}

/** The connection broke, rather than that what came over it makes no sense. */
export const isCut = (error: unknown): boolean => /^(UND_ERR|ECONN|EPIPE)/.test(codeOf(error))

const UNTRUSTED = /^(CERT_|ERR_TLS|ERR_SSL|EPROTO|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|ERROR_IN_CERT)/

/** The other side could not show that it is who it should be. */
export const isUntrusted = (code: string): boolean => UNTRUSTED.test(code)

const WORDS: Record<string, string> = {
  ECONNREFUSED: said`it refuses the connection`,
  ENOTFOUND: said`its name is not known`,
  EAI_AGAIN: said`its name cannot be looked up now`,
  EHOSTUNREACH: said`there is no way to its host`,
  ENETUNREACH: said`there is no way to its network`,
  ECONNRESET: said`it closed the connection`,
  UND_ERR_SOCKET: said`it closed the connection`,
  UND_ERR_CONNECT_TIMEOUT: said`no connection came about in time`,
}

/** Why there is no answer, in words that follow "it does not answer:". */
export const wordsFor = (code: string): string => WORDS[code] ?? said`the exchange failed (${code})`

const NOT_OSTOR = { html: said`It answered with a page for people`, xml: said`It answered in XML, as plain S3 does` }

/** An answer began and cannot be used. */
const unusable = (error: ExchangeError, text: string): ProblemError => {
  const { cause } = error
  if (text === 'html' || text === 'xml')
    return problem('gateway-not-ostor', { detail: NOT_OSTOR[text] }, { cause: error })
  if (isCut(error)) return problem('gateway-bad-reply', { detail: said`The answer was cut off` }, { cause: error })
  const why = cause instanceof Error ? cause.message : said`for no known reason`
  return problem(
    'gateway-bad-reply',
    { detail: safeText(`${said`The answer cannot be read`}: ${why}`) },
    { cause: error },
  )
}

/** What it means that an exchange failed. */
export const failed = (error: ExchangeError): ProblemError => {
  const code = codeOf(error)
  if (isUntrusted(code)) {
    const detail = said`The connection cannot be trusted (${code}): give the certificate of its authority in OSTOR_CA`
    return problem('gateway-tls', { detail }, { cause: error })
  }
  if (error.timedOut) return problem('gateway-unreachable', { detail: error.message }, { cause: error })
  if (error.answered) return unusable(error, error.answered.text)
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return problem(
      'gateway-not-ostor',
      { detail: said`It does not answer in HTTP that can be read (${code})` },
      { cause: error },
    )
  }
  return problem(
    'gateway-unreachable',
    { detail: `${said`The gateway does not answer`}: ${wordsFor(code)}` },
    { cause: error },
  )
}

export const asProblem = (error: unknown): ProblemError | null => (error instanceof ProblemError ? error : null)

/** An answer whose parts contradict each other, or that lacks what it must have. */
export class BadReply extends Error {
  override name = 'BadReply'
}

import { said } from '@ostor-console/shared/said'
import type { ExchangeError } from '../gateway/exchange.ts'
import { codeOf, isUntrusted, wordsFor } from '../gateway/failures.ts'
import { safeText } from '../gateway/told.ts'
import { WhmcsError, type WhmcsFailure } from './whmcs.ts'

/** What WHMCS says is matched by pattern, because its texts are not the same in all versions. The first that fits counts. */
const PATTERNS: [RegExp, WhmcsFailure][] = [
  [/^(invalid|forbidden) ip\b/i, 'address-refused'],
  [/authentication failed/i, 'wrong-credentials'],
  [/invalid permissions|command not found/i, 'action-refused'],
  [/not found/i, 'not-found'],
]

/** WHMCS answered with an error: nothing was done. */
export const refusedBy = (action: string, message: string): WhmcsError => {
  const kind = PATTERNS.find(([pattern]) => pattern.test(message))?.[1] ?? 'refused'
  return new WhmcsError(kind, `${said`WHMCS answered ${action} with`}: ${safeText(message)}`, false)
}

/** Something came that is no answer of the API, so what became of the call is not known. */
export const badAnswer = (sentence: string, options?: ErrorOptions): WhmcsError =>
  new WhmcsError('bad-answer', sentence, true, options)

/** There is no answer, or one that broke off. */
export const lost = (action: string, error: ExchangeError): WhmcsError => {
  const code = codeOf(error)
  if (isUntrusted(code)) {
    const sentence = said`WHMCS was not asked ${action}: the connection cannot be trusted (${code}); give the certificate of its authority in WHMCS_CA`
    return new WhmcsError('transport', sentence, false, { cause: error })
  }
  if (error.timedOut) {
    const [seconds = ''] = /[\d.]+/.exec(error.message) ?? []
    const message = `${said`WHMCS did not answer ${action}`}: ${said`no whole answer within ${seconds} s`}`
    return new WhmcsError('timeout', message, error.sent, { cause: error })
  }
  if (error.answered) {
    const isTooLong = error.cause instanceof RangeError
    return badAnswer(
      isTooLong
        ? said`WHMCS answered ${action} with more than is ever read`
        : said`WHMCS answered ${action} and broke off`,
      { cause: error },
    )
  }
  return new WhmcsError('transport', `${said`WHMCS did not answer ${action}`}: ${wordsFor(code)}`, error.sent, {
    cause: error,
  })
}

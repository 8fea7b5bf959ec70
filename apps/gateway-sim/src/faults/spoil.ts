import { errorAnswer, htmlError } from '../errors.ts'
import type { Answer } from '../operations/operation.ts'
import type { Settled } from '../options.ts'
import { Refusal } from '../refusal.ts'
import type { Fault } from './faults.ts'

/** Whether the fault answers by itself, so that the true answer is not needed. */
export const isReplaced = ({ html, status }: Fault): boolean => html === true || status !== undefined

/** The answer as the fault wants it. */
export const spoil = (answer: Answer, fault: Fault, style: Settled['errorStyle']): Answer => {
  const { status, html, code = 'InternalError', message = 'An internal error occurred.', body, headers } = fault
  let spoilt = answer
  if (html) spoilt = htmlError(status ?? 502)
  else if (status !== undefined && status >= 400) spoilt = errorAnswer(new Refusal(status, code, message), style)
  else if (status !== undefined) spoilt = { ...answer, status }
  return { ...spoilt, body: body ?? spoilt.body, headers: { ...spoilt.headers, ...headers } }
}

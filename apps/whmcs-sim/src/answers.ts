import type { Answer } from './actions/action.ts'
import type { Settings } from './settings.ts'

const withTexts = (value: unknown): unknown => {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(withTexts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withTexts(part)]))
}

/** PHP escapes the slash. */
const jsonOf = (answer: unknown): string => JSON.stringify(answer).replaceAll('/', '\\/')

/** The form of names and values, which is what comes when no other was asked for; deprecated. */
const pairsOf = (value: unknown, name = ''): string[] => {
  if (typeof value === 'string' || typeof value === 'number') return [`${name}=${value}`]
  if (typeof value !== 'object' || value === null) return [`${name}=`]
  return Object.entries(value).flatMap(([key, part]) => pairsOf(part, name === '' ? key : `${name}[${key}]`))
}

const written = (answer: Answer, type: string | undefined): { type: string; body: string } => {
  if (type === 'json') return { type: 'application/json', body: jsonOf(answer) }
  return { type: 'text/html; charset=utf-8', body: `${pairsOf(answer).join(';')};` }
}

export const successOf = (answer: Answer, settings: Settings, type: string | undefined) => {
  const { outcomeName } = settings
  // It stands first and counts, also where the answer has a status of its own. The documented answer to AddBillableItem says `status`, whatever the others say.
  const name = 'billableid' in answer ? 'status' : outcomeName
  const whole = { [name]: 'success', ...answer, [name]: 'success' }
  return written(settings.numbersAsText ? { ...Object(withTexts(whole)) } : whole, type)
}

export const errorOf = (message: string, type: string | undefined) => written({ result: 'error', message }, type)

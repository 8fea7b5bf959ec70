import { PROBLEMS } from '@ostor-console/shared/problem'
import type { Operation } from './api.ts'
import type { Shaped } from './shape.ts'

export type Answer = { status: number; type: string; text: string; headers: string }
/** What reached the gateway while the request was answered. */
export type Reached = { method: string; isCarriedOut: boolean }

const INSIDE = /\bat \S+ \(|\.[jt]s:\d+|node_modules|127\.0\.0\.1|ECONN|Traceback|duckdb|postgres/i
/** Refused before anything was asked of the gateway. */
const UNASKED = new Set([400, 401, 403, 405, 413, 414, 415, 422, 429, 431])
const KINDS = new Map<string, { status: number; title: string }>(
  Object.entries(PROBLEMS).map(([kind, said]) => [`/problems/${kind}`, said]),
)

/** Everything that is wrong with an answer; nothing when it is as the description and the rules say. */
export const wrongWith = (
  asked: Shaped,
  operation: Operation,
  answer: Answer,
  reached: Reached[],
  told: Set<string>,
) => [
  ...(answer.status >= 500 ? ['it is a failure of the server'] : []),
  ...(answer.status >= 400 ? wrongProblem(operation, answer) : wrongAnswer(asked, operation, answer)),
  ...(asked.mustRefuse !== null && answer.status < 400 ? [`it was taken, in spite of: ${asked.mustRefuse}`] : []),
  ...wrongWrites(asked, answer, reached),
  ...(secretsIn(`${answer.text} ${answer.headers}`, told).length > 0 ? ['it holds a secret'] : []),
]

const wrongProblem = ({ answers }: Operation, { status, type, text }: Answer): string[] => {
  const matches = answers.get('default')?.get('application/problem+json')
  if (!type.startsWith('application/problem+json')) return [`a failure comes as ${type}`]
  if (text === '') return []
  const document: { type?: unknown; title?: unknown; status?: unknown } = JSON.parse(text)
  if (!matches?.(document)) return ['a failure is outside its schema']
  const said = KINDS.get(String(document.type))
  return [
    ...(document.status === status ? [] : ['the document says another status']),
    ...(document.type === 'about:blank' || said?.status === status
      ? []
      : [`no such failure: ${String(document.type)}`]),
    ...(said && said.title !== document.title ? ['the title is not that of its kind'] : []),
    ...(INSIDE.test(text) ? ['a failure tells of the inside'] : []),
  ]
}

const wrongAnswer = ({ method }: Shaped, { answers }: Operation, { status, type, text }: Answer): string[] => {
  const documented = answers.get(String(status))
  if (documented === undefined) return [`the status ${status} is not documented`]
  if (documented === null) return text === '' ? [] : ['there is content']
  const [bare = ''] = type.split(';')
  const matches = documented.get(bare)
  if (!matches) return [`the content type ${type} is not documented`]
  if (bare !== 'application/json' || method === 'HEAD') return []
  return matches(JSON.parse(text)) ? [] : [`it is outside its schema: ${JSON.stringify(matches.errors?.slice(0, 3))}`]
}

const wrongWrites = ({ method, mustRefuse }: Shaped, { status }: Answer, reached: Reached[]): string[] => {
  const writes = reached.filter((call) => call.method !== 'GET')
  if (method === 'GET') return writes.map(() => 'a reading wrote at the gateway')
  if (mustRefuse !== null || UNASKED.has(status)) return writes.map(() => 'what is not valid wrote at the gateway')
  return status < 400 ? [] : writes.filter(({ isCarriedOut }) => isCarriedOut).map(() => 'a refused request wrote')
}

/** Long runs of letters and digits are compared whole: much faster than to look for each secret. */
export const secretsIn = (text: string, told: Set<string>): string[] =>
  (text.match(/[A-Za-z0-9+/_-]{16,}/g) ?? []).filter((word) => told.has(word))

import * as z from 'zod'
import type { Operation } from './api.ts'
import { Known } from './arbitrary.ts'
import type { Draft, Twist } from './drafts.ts'

/** One request, ready to be sent. */
export type Shaped = {
  method: string
  url: string
  headers: Record<string, string>
  payload: string | Buffer | undefined
  /** Why no server may carry it out, or `null`. */
  mustRefuse: string | null
}

export type World = {
  /** The value that a placeholder stands for; `context` holds what was found for the path so far. */
  find: (known: Known, context: Record<string, string>) => string
  /** The session of who asks; empty for nobody. */
  session: Record<string, string>
  /** A token of another session. */
  foreignToken: string
  isDocumented: (method: string, path: string) => boolean
  /** Why who asks may not, whatever the request says; or `null`. */
  guarded: string | null
  needsSession: boolean
}

const FROM_CONSOLE = {
  'sec-fetch-site': 'same-origin',
  'x-requested-by': 'console',
  'content-type': 'application/json',
}
const RAW = '"@@raw@@"'
const Fields = z.record(z.string(), z.unknown())

/** Fills in what is open, twists, and says whether the description forbids the result. */
export const shape = (draft: Draft, operation: Operation, world: World): Shaped => {
  const context: Record<string, string> = {}
  const filled = (value: unknown): unknown => {
    if (value instanceof Known) {
      const found = world.find(value, context)
      return value.isNumber ? Number(found) : found
    }
    if (Array.isArray(value)) return value.map(filled)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one)]))
  }
  for (const { in: place, name } of operation.parameters) {
    if (place === 'path') context[name] = String(filled(draft.params[name]))
  }
  const query = Object.entries(draft.query).map(([name, value]): [string, string] => [name, String(filled(value))])
  const isWrite = operation.method !== 'GET'
  const parts: Parts = {
    operation,
    world,
    params: context,
    rawParams: {},
    query,
    headers: { ...world.session, ...(isWrite && FROM_CONSOLE), ...textsOf(draft.headers) },
    body: operation.body ? filled(draft.body) : undefined,
    raw: RAW,
    text: null,
    method: operation.method,
    reasons: [],
    isForbidden: false,
  }
  for (const one of draft.twists) apply(parts, one)
  return finish(parts)
}

const textsOf = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))

type Parts = {
  operation: Operation
  world: World
  params: Record<string, string>
  rawParams: Record<string, string>
  query: [string, string][]
  headers: Record<string, string>
  body: unknown
  /** What stands in the body where the mark is. */
  raw: string
  text: string | Buffer | null
  method: string
  reasons: string[]
  /** Whether what stands in `raw` must not be taken, as long as it is sent. */
  isForbidden: boolean
}

const isWrite = ({ operation }: Parts) => operation.method !== 'GET'
/** Where a token asks, what guards a session is not looked at. */
const isScript = ({ world }: Parts) => 'authorization' in world.session

const apply = (parts: Parts, twist: Twist): void => {
  const { reasons, headers, params, query, world } = parts
  const hasBody = parts.body !== undefined
  const names = Object.keys(params)
  const param = names[twist.at % Math.max(1, names.length)]
  const field = query[twist.at % Math.max(1, query.length)]
  if (twist.kind === 'value' && hasBody) parts.body = setAt(parts.body, twist.at, () => twist.with)
  if ((twist.kind === 'token' || twist.kind === 'forbidden') && hasBody) {
    parts.body = setAt(parts.body, twist.at, () => '@@raw@@')
    parts.raw = twist.with
    parts.isForbidden = twist.kind === 'forbidden'
  }
  if (twist.kind === 'drop' && hasBody) parts.body = setAt(parts.body, twist.at, () => undefined)
  if (twist.kind === 'extra' && hasBody) parts.body = setAt(parts.body, 0, (body) => withField(body, twist.with))
  if (twist.kind === 'twice' && hasBody) parts.text = twice(parts)
  if (twist.kind === 'body' && hasBody) parts.text = twist.with
  if (twist.kind === 'type' && isWrite(parts)) {
    headers['content-type'] = twist.with
    reasons.push('not JSON in UTF-8')
  }
  if (twist.kind === 'encoding' && isWrite(parts)) {
    headers['content-encoding'] = twist.with
    reasons.push('an encoded body')
  }
  if (twist.kind === 'query' && field) field[1] = twist.with
  if (twist.kind === 'repeat' && field) query.push([...field])
  if (twist.kind === 'unknown') query.push([twist.with, '1'])
  if (twist.kind === 'path' && param !== undefined) params[param] = twist.with
  if (twist.kind === 'raw-path' && param !== undefined) parts.rawParams[param] = twist.with
  if (twist.kind === 'other' && param !== undefined) params[param] = world.find(new Known(twist.with, twist.at), {})
  if (twist.kind === 'header') headers[twist.with[0]] = twist.with[1]
  if (twist.kind === 'cookie') {
    headers['cookie'] = twist.with
    if (world.needsSession && !isScript(parts)) reasons.push('no session')
  }
  if (twist.kind === 'token-header' && isWrite(parts) && world.needsSession && !isScript(parts)) {
    if (twist.with === null) delete headers['x-csrf-token']
    else headers['x-csrf-token'] = twist.with === 'of-another' ? world.foreignToken : twist.with
    reasons.push('the token of the session is missing or another one')
  }
  if (twist.kind === 'stranger' && isWrite(parts)) {
    for (const [name, value] of Object.entries(twist.with)) {
      if (value === null) delete headers[name]
      else headers[name] = value
    }
    if (!isScript(parts)) reasons.push('not sent by a page of the console')
  }
  if (twist.kind === 'method' && !world.isDocumented(twist.with, parts.operation.path)) {
    parts.method = twist.with
    reasons.push(`${twist.with} is not documented`)
  }
}

const withField = (body: unknown, name: string): unknown => {
  const fields = Fields.safeParse(body).data ?? {}
  // A field of this name, which an assignment would take for something else.
  return Object.defineProperty({ ...fields }, name, { value: 1, enumerable: true })
}

/** Puts something in the place of one part of a value, or of the whole; `undefined` takes it away. */
const setAt = (value: unknown, at: number, make: (old: unknown) => unknown): unknown => {
  const entries = Object.entries(Array.isArray(value) ? value : (Fields.safeParse(value).data ?? {}))
  const index = at % (entries.length + 1)
  if (index === 0) return make(value)
  const changed = entries.map(([name, one], n) => [name, n + 1 === index ? setAt(one, Math.floor(at / 7), make) : one])
  const fields = Object.fromEntries(changed.filter(([, one]) => one !== undefined))
  return Array.isArray(value) ? Object.values(fields) : fields
}

const written = ({ body, raw }: Parts): string => (JSON.stringify(body) ?? '').replace(RAW, () => raw)

/** The first field once more. */
const twice = (parts: Parts): string | null => {
  const text = written(parts)
  const name = /^\{("(?:[^"\\]|\\.)*"):/.exec(text)?.[1]
  if (name === undefined) return null
  parts.reasons.push('a field twice')
  return text.replace('{', () => `{${name}:null,`)
}

/** A client takes a segment of dots for a way up, and asks something else. */
const inPath = (segment: string): string => (/^\.{1,2}$/.test(segment) ? `${segment}%20` : segment)

const finish = (parts: Parts): Shaped => {
  const { operation, params, rawParams, query, method, world } = parts
  const path = operation.path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => rawParams[name] ?? inPath(escaped(params[name] ?? '')),
  )
  const search = query.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&')
  const payload = parts.text ?? (parts.body === undefined && !isWrite(parts) ? undefined : written(parts))
  const isSent = method !== 'GET' && method !== 'HEAD' && payload !== undefined
  if (parts.isForbidden && String(payload).includes(parts.raw)) parts.reasons.push('JSON that readers differ on')
  if (world.guarded !== null) parts.reasons.push(world.guarded)
  if (Object.keys(rawParams).length === 0) parts.reasons.push(...outside(operation, params, query))
  if (isWrite(parts) && operation.body && !bodyMatches(operation.body, payload)) parts.reasons.push('the body')
  return {
    method,
    url: search === '' ? path : `${path}?${search}`,
    headers: parts.headers,
    payload: isSent ? payload : undefined,
    mustRefuse: parts.reasons[0] ?? null,
  }
}

const escaped = (text: string) => encodeURIComponent(text.toWellFormed())

/** What a provider of single sign-on adds to the address is not described. */
const ANY_QUERY = /\/oidc\/callback$/

const outside = (
  { parameters, path }: Operation,
  params: Record<string, string>,
  query: [string, string][],
): string[] => {
  const wrong: string[] = []
  for (const { in: place, name, isRequired, matches } of parameters) {
    const given =
      place === 'path' ? [params[name] ?? ''] : query.filter(([one]) => one === name).map(([, value]) => value)
    if (place === 'header') continue
    const value = given.length === 1 ? given[0]?.toWellFormed() : given
    if (given.length === 0 ? isRequired : !matches(value)) wrong.push(`${place} ${name}`)
  }
  if (ANY_QUERY.test(path)) return wrong
  const declared = new Set(parameters.filter((one) => one.in === 'query').map(({ name }) => name))
  return wrong.concat(query.filter(([name]) => !declared.has(name)).map(([name]) => `query ${name}`))
}

const bodyMatches = ({ matches }: NonNullable<Operation['body']>, payload: string | Buffer | undefined): boolean => {
  try {
    return matches(JSON.parse(String(payload ?? '')))
  } catch {
    return false
  }
}

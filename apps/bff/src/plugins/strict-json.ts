import { type FieldError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import fp from 'fastify-plugin'

const WITH_BODY = ['POST', 'PUT', 'PATCH', 'DELETE']
const DEEPEST = 20
const JSON_UTF8 = /^application\/json(; ?charset="?utf-8"?)?$/i
const FORM = /^application\/x-www-form-urlencoded(; ?charset="?utf-8"?)?$/i
/** What an object inherits or is made by: never the name of a field. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** The one body that is taken: JSON in UTF-8 that means the same to every reader; a form where the route says so. */
export const strictJson = fp(
  async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => parse(body))

    app.addHook('onRequest', async (request) => {
      if (!WITH_BODY.includes(request.method)) return
      const { 'content-type': type = '', 'content-encoding': encoding } = request.headers
      const taken = request.routeOptions.config.outside === 'form' ? FORM : JSON_UTF8
      if (!taken.test(type) || encoding !== undefined) throw Object.assign(new Error('not JSON'), { statusCode: 415 })
    })
  },
  { name: 'strict-json' },
)

const refuse = (code: string, detail: string) => {
  const error: FieldError = { pointer: '/body', code, detail }
  return problem('request-invalid', { errors: [error] })
}

/** Parses JSON; refuses what parsers differ on, and what is nested too deep to handle. */
export const parse = (body: Buffer): unknown => {
  const text = decoded(body)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refuse('not_json', said`is not JSON`)
  }
  check(text)
  return value
}

/** Parses the fields of a form, each of which may be there once. */
export const parseForm = (body: Buffer): Record<string, string> => {
  const fields = [...new URLSearchParams(decoded(body))]
  const names = new Set(fields.map(([name]) => name))
  if (names.size < fields.length) throw refuse('duplicate_name', said`has the same field twice`)
  if ([...FORBIDDEN].some((name) => names.has(name)))
    throw refuse('forbidden_name', said`has a field whose name is not allowed`)
  return Object.fromEntries(fields)
}

const decoded = (body: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw refuse('not_utf8', said`is not UTF-8`)
  }
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g

/** Walks the tokens of JSON that is known to be well-formed. */
const check = (text: string): void => {
  const open: (Set<string> | null)[] = []
  let last = ''
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null)
      if (open.length > DEEPEST) throw refuse('too_deep', said`is nested more than ${DEEPEST} levels deep`)
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ':') name(last, open.at(-1))
    else if (token !== ',' && !String(JSON.parse(token)).isWellFormed()) {
      throw refuse('lone_surrogate', said`holds half of a surrogate pair`)
    }
    last = token
  }
}

const name = (token: string, names: Set<string> | null | undefined): void => {
  const key = String(JSON.parse(token))
  if (FORBIDDEN.has(key)) throw refuse('forbidden_name', said`has a field whose name is not allowed`)
  if (names?.has(key)) throw refuse('duplicate_name', said`has the same field twice`)
  names?.add(key)
}

import * as fc from 'fast-check'
import type { Api, Parameter } from './api.ts'
import { arbitraryOf } from './arbitrary.ts'
import * as hostile from './hostile.ts'
import * as http from './hostile-http.ts'

const at = fc.nat(1000)
const strange = fc.oneof(fc.constantFrom(...hostile.TEXTS), fc.string({ unit: 'binary', maxLength: 40 }))
const twist = <const K extends string, T>(kind: K, more: fc.Arbitrary<T>) =>
  fc.record({ kind: fc.constant(kind), at, with: more })
const nothing = fc.constant(null)

/** One thing that is wrong with a request that is otherwise as it should be. */
const TWISTS = fc.oneof(
  { weight: 6, arbitrary: twist('value', fc.oneof(fc.constantFrom(...hostile.VALUES), fc.jsonValue())) },
  { weight: 3, arbitrary: twist('token', fc.constantFrom(...hostile.TOKENS)) },
  { weight: 2, arbitrary: twist('forbidden', fc.constantFrom(...hostile.FORBIDDEN)) },
  { weight: 2, arbitrary: twist('drop', nothing) },
  { weight: 2, arbitrary: twist('extra', fc.constantFrom(...hostile.NAMES)) },
  { weight: 1, arbitrary: twist('twice', nothing) },
  { weight: 2, arbitrary: twist('body', fc.constantFrom(...hostile.BODIES)) },
  { weight: 2, arbitrary: twist('type', fc.constantFrom(...http.TYPES)) },
  { weight: 4, arbitrary: twist('query', strange) },
  { weight: 1, arbitrary: twist('repeat', nothing) },
  { weight: 2, arbitrary: twist('unknown', fc.constantFrom(...hostile.NAMES)) },
  { weight: 4, arbitrary: twist('path', strange) },
  { weight: 2, arbitrary: twist('raw-path', fc.constantFrom(...http.PATHS)) },
  {
    weight: 2,
    arbitrary: twist('other', fc.constantFrom('userId', 'keyId', 'bucket', 'operationId', 'runId', 'name')),
  },
  { weight: 2, arbitrary: twist('header', fc.constantFrom(...http.HEADERS)) },
  { weight: 1, arbitrary: twist('encoding', fc.constantFrom('gzip', 'br', 'identity, gzip')) },
  { weight: 1, arbitrary: twist('cookie', fc.constantFrom(...http.COOKIES)) },
  { weight: 2, arbitrary: twist('token-header', fc.constantFrom(null, '', 'x', 'of-another', 'x'.repeat(4_000))) },
  { weight: 2, arbitrary: twist('stranger', fc.constantFrom(...http.STRANGERS)) },
  { weight: 1, arbitrary: twist('method', fc.constantFrom(...http.METHODS)) },
)

export type Twist = typeof TWISTS extends fc.Arbitrary<infer T> ? T : never

/** A request whose values of the world are still open. */
export type Draft = {
  operation: number
  /** Who asks, and from where: indexes. */
  who: number
  address: number
  params: Record<string, unknown>
  query: Record<string, unknown>
  headers: Record<string, unknown>
  body: unknown
  twists: Twist[]
}

/** Names that mean something else in the body. */
const PLACED: Record<string, string> = {
  'path name': 'object',
  'query ids': 'list of ids',
  'query addresses': 'list of addresses',
}

/** Mostly one or two: many filters at once find nothing. */
const fewOf = (names: string[]) =>
  fc.oneof(fc.constant<string[]>([]), fc.subarray(names, { maxLength: Math.min(2, names.length) }), fc.subarray(names))

const fieldsWithout = (fields: Record<string, unknown>, optional: string[], kept: string[]) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !optional.includes(name) || kept.includes(name)))

/** Valid, nearly valid and hostile requests for every operation of the description. */
export const draftsOf = (api: Api, isKnown: (name: string) => boolean): fc.Arbitrary<Draft> => {
  const valid = arbitraryOf(api, isKnown)
  const twists = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Twist[]>([]) },
    { weight: 6, arbitrary: TWISTS.map((one) => [one]) },
    { weight: 1, arbitrary: fc.array(TWISTS, { minLength: 2, maxLength: 6 }) },
  )
  const requests = api.operations.map(({ parameters, body }, operation) => {
    const fieldsIn = (place: Parameter['in']) => {
      const some = parameters.filter((one) => one.in === place)
      const all = some.map(({ name, schema }) => [name, valid(PLACED[`${place} ${name}`] ?? name, schema)] as const)
      const optional = some.filter(({ isRequired }) => !isRequired).map(({ name }) => name)
      return fc
        .tuple(fc.record(Object.fromEntries(all), { noNullPrototype: true }), fewOf(optional))
        .map(([fields, kept]) => fieldsWithout(fields, optional, kept))
    }
    return fc.record({
      operation: fc.constant(operation),
      who: at,
      address: at,
      params: fieldsIn('path'),
      query: fieldsIn('query'),
      headers: fieldsIn('header'),
      body: body ? valid('body', body.schema) : fc.constant(undefined),
      twists,
    })
  })
  return fc.oneof(...requests)
}

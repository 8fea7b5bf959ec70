import { type FieldError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifySchemaCompiler } from 'fastify'
import type * as z from 'zod'

/** Checks a part of the request against its schema; every wrong field is named, and no value is repeated. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const checked = schema.safeParse(data)
    if (checked.success) return { value: checked.data }
    const part = httpPart === 'querystring' ? 'query' : (httpPart ?? 'body')
    const errors = checked.error.issues.flatMap((issue) => fieldErrors(part, issue)).slice(0, MOST_ERRORS)
    return { error: problem('request-invalid', { errors }) }
  }

const MOST_ERRORS = 50
const LONGEST_NAME = 64

const fieldErrors = (part: string, issue: z.core.$ZodIssue): FieldError[] => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointer(part, [...issue.path, key.length > LONGEST_NAME ? '…' : key]),
      detail: said`is not a known field`,
      code: 'unknown_field',
    }))
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined
  return [
    {
      pointer: pointer(part, issue.path),
      detail: missing && part !== 'body' ? said`is missing` : issue.message,
      code: codeOf(issue),
    },
  ]
}

const codeOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'custom') return typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'invalid'
  return issue.code
}

const pointer = (part: string, path: readonly PropertyKey[]): string =>
  ['', part, ...path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')

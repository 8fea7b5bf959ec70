import { ProblemError } from '@ostor-console/shared/problem'
import { describe, expect, test } from 'vitest'
import { parse } from './strict-json.ts'

const codeOf = (body: string | Buffer): string | undefined => {
  try {
    parse(Buffer.from(body))
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.errors?.[0]?.code
  }
  return undefined
}

describe('a body', () => {
  test.each([
    ['nothing', '', 'not_json'],
    ['half a document', '{"a":1', 'not_json'],
    ['a comment', '{"a":1}//', 'not_json'],
    ['a byte order mark', '\uFEFF{}', 'not_json'],
    ['a byte that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not_utf8'],
    ['half of a surrogate pair', String.raw`{"a":"\ud800"}`, 'lone_surrogate'],
    ['half of a surrogate pair in a name', String.raw`{"\udc00":1}`, 'lone_surrogate'],
    ['100,000 nested arrays', '['.repeat(100_000) + ']'.repeat(100_000), 'too_deep'],
    ['the prototype', '{"__proto__":{}}', 'forbidden_name'],
    ['the prototype in disguise', String.raw`{"\u005f_proto__":{}}`, 'forbidden_name'],
    ['the constructor', '{"a":[{"constructor":{"prototype":{}}}]}', 'forbidden_name'],
    ['a name twice', '{"value":1,"value":2}', 'duplicate_name'],
    ['a name twice, once in disguise', String.raw`{"a":{"value":1,"\u0076alue":1}}`, 'duplicate_name'],
  ])('that holds %s is refused', (_, body, code) => {
    expect(codeOf(body)).toBe(code)
  })

  test.each([
    ['{}'],
    ['{"a":{"value":1},"b":{"value":2},"value":[{"value":1},{"value":2}]}'],
    [String.raw`{"a":"\ud83d\ude00 \" } { : ,","b":["]",":"]}`],
    ['{"constructors":1,"a":"__proto__"}'],
  ])('such as %s is read as it is', (body) => {
    expect(parse(Buffer.from(body))).toEqual(JSON.parse(body))
  })
})

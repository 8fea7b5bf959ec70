import { array, assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { listOf } from './sinks.ts'

const read = (bytes: Buffer, sizes: number[]) => {
  const sink = listOf('Users', (item) => item)()
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    sink.push(bytes.subarray(at, at + size))
    at += size
  }
  return sink.end()
}

const text =
  '{"Users":[{"a":"}]\\"{é","n":9007199254740993},{"b":[{"c":1}],"AWSSecretAccessKey":"x"}],"other":{"d":[1]}}\n'
const items = [{ a: '}]"{é', n: 9007199254740993n }, { b: [{ c: 1 }] }]

test('a list is read alike however its bytes are cut into pieces', () => {
  assert(
    property(array(integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
      expect(read(Buffer.from(text), sizes)).toEqual(items)
    }),
  )
})

test.each(['[{"a":1}]', '{"users":[{"a":1}]}', ' {"x":1, "Users" : [ {"a":1} ] } ', '{"USERS":[{"a":1}]}'])(
  '%s is a list',
  (list) => {
    expect(read(Buffer.from(list), [3])).toEqual([{ a: 1 }])
  },
)

test.each(['[]', '{"Users":[]}'])('%s is an empty list', (list) => {
  expect(read(Buffer.from(list), [3])).toEqual([])
})

test('a list that is cut at any byte is an error, never a shorter list', () => {
  const bytes = Buffer.from(text.trimEnd())
  for (let length = 0; length < bytes.length; length++) {
    expect(() => read(bytes.subarray(0, length), [7]), `${length} bytes`).toThrow(/^(it|its|there) /)
  }
})

test.each([
  '',
  'null',
  '"x"',
  '5',
  '{}',
  '{"Users":null}',
  '{"Users":{}}',
  '[0]',
  '[0,{"a":1}]',
  '[{"a":1},0]',
  '[{"a":1},]',
  '[{"a":1}{"b":1}]',
  '[{"a":1},{"b":1}{"c":1}]',
  '[{"a":1}] x',
  '[{"a":NaN}]',
  '\ufeff[{"a":1}]',
  '[{"a":1}',
  '[[{"a":1}]]',
  '[{"a":1]]',
  '{"Users":[{"a":1}}',
  '<html>',
  '['.repeat(100_000),
  `[${'{"a":'.repeat(100_000)}`,
  `[{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"n":12345678901234567}]`,
])('%.40s is an error', (broken) => {
  expect(() => read(Buffer.from(broken), [5])).toThrow(/^(it|its|there) /)
})

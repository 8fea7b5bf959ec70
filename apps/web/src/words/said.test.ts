import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parsed } from '../../said.ts'

type Node = Awaited<ReturnType<typeof parsed>>[number]

/** What the names of fields are whose texts an admin reads. */
const READ = new Set(['detail', 'staleReason', 'unavailable', 'reason', 'advice', 'difference', 'missing', 'left'])
const OF_FIELDS = new Set(['detail', 'error', 'message'])

const fieldOf = (node: object, name: string): unknown => Object.entries(node).find(([key]) => key === name)?.[1]
const nodeIn = (node: object, name: string): Node | null => {
  const value = fieldOf(node, name)
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value ? nodeOf(value) : null
}
const nodeOf = (value: { type: unknown; start: unknown }): Node | null =>
  typeof value.type === 'string' && typeof value.start === 'number'
    ? { ...value, type: value.type, start: value.start }
    : null

const nameOf = (node: Node | null): string => {
  const name = node && fieldOf(node, 'name')
  return typeof name === 'string' ? name : ''
}

/** Words that stand in the source as they are; what only joins sentences has no letters. */
const isPlain = (node: Node): boolean => {
  if (node.type === 'Literal') return / /.test(String(fieldOf(node, 'value')))
  if (node.type !== 'TemplateLiteral') return false
  const quasis = fieldOf(node, 'quasis')
  return Array.isArray(quasis) && quasis.some(({ value }) => /\p{L}/u.test(String(value.cooked)))
}

/** A choice is each of its ends, a constant what it stands for. */
const endsOf = (node: Node | null, constants: ReadonlyMap<string, Node>): Node[] => {
  if (node === null) return []
  if (node.type === 'Identifier') {
    const known = constants.get(nameOf(node))
    return known ? [known] : []
  }
  if (node.type === 'ArrowFunctionExpression') return endsOf(nodeIn(node, 'body'), constants)
  if (node.type === 'ConditionalExpression' || node.type === 'LogicalExpression')
    return ['consequent', 'alternate', 'left', 'right'].flatMap((name) => endsOf(nodeIn(node, name), constants))
  return [node]
}

const plainIn = async (code: string, names: ReadonlySet<string>): Promise<string[]> => {
  const nodes = await parsed(code)
  const constants = new Map(
    nodes
      .filter(({ type }) => type === 'VariableDeclarator')
      .flatMap((node) => endsOf(nodeIn(node, 'init'), new Map()).map((end) => [nameOf(nodeIn(node, 'id')), end])),
  )
  return nodes
    .filter((node) => node.type === 'Property' && names.has(nameOf(nodeIn(node, 'key'))))
    .flatMap((node) => endsOf(nodeIn(node, 'value'), constants))
    .filter(isPlain)
    .map(({ start }) => code.slice(start).split('\n')[0] ?? '')
}

const filesIn = (folder: string): string[] =>
  globSync(`${folder}/src/**/*.ts`).filter((file) => !/[.]test[.]ts$|[/]migrations[/]/.test(file))

/** Settings and files that are read when the console starts, or by its commands, are no business of the browser. */
const OF_THE_TERMINAL = /src[/](config|settings?|admin|secret-key|command)[a-z-]*[.]ts$/

const plainOf = async (files: string[], names: ReadonlySet<string>): Promise<string[]> => {
  expect(files.length).toBeGreaterThan(30)
  const found = files.map(async (file) =>
    (await plainIn(readFileSync(file, 'utf8'), names)).map((line) => `${file}: ${line}`),
  )
  return (await Promise.all(found)).flat()
}

test('what the server says to admins is marked as a sentence', async () => {
  expect(await plainOf(filesIn('apps/bff'), READ)).toEqual([])
})

test('what the server says of a field is marked as a sentence', async () => {
  const files = filesIn('apps/bff').filter((file) => !OF_THE_TERMINAL.test(file))
  expect(await plainOf(files, OF_FIELDS)).toEqual([])
  expect(await plainOf(filesIn('packages/shared'), OF_FIELDS)).toEqual([])
})

test.each([
  "problem('a', { detail: 'It is gone' })",
  'problem(`a`, { detail: `The user ${id} is gone` })',
  "const detail = 'It is gone'; problem('a', { detail })",
  "const GONE = 'It is gone'; problem('a', { detail: isGone ? GONE : undefined })",
  "problem('a', { detail: why ?? 'It is gone' })",
])('a sentence that is not marked is found: %s', async (code) => {
  expect(await plainIn(code, READ)).toHaveLength(1)
})

test.each([
  'problem(`a`, { detail: said`The user ${id} is gone` })',
  "problem('a', { detail: `${said`It is gone`}: ${why}` })",
  "z.object({ detail: z.string(), reason: 'gone' })",
])('what is marked, joins sentences or is a word of the API is none: %s', async (code) => {
  expect(await plainIn(code, READ)).toEqual([])
})

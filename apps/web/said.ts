import type { ExtractorType } from '@lingui/conf'
import { generateMessageId } from '@lingui/message-utils/generateMessageId'
import { all } from './syntax.ts'

type Node = { type: string; start: number }
type Template = Node & { quasis: { value: { cooked: string } }[] }
type Tagged = Node & { tag: { name?: string }; quasi: Template }

/** Every part of a source file, the outer ones first. */
export const parsed = async (code: string): Promise<Node[]> => {
  // The settings of the catalogues are read by something that cannot wait for the bundler.
  const { parseAst } = await import('vite')
  return all(parseAst(code, { lang: 'ts' })).filter(isNode)
}

const isNode = (value: object): value is Node => 'type' in value && typeof value.type === 'string' && 'start' in value

const isSaid = (node: Node): node is Tagged =>
  node.type === 'TaggedTemplateExpression' &&
  'tag' in node &&
  typeof node.tag === 'object' &&
  node.tag !== null &&
  'name' in node.tag &&
  node.tag.name === 'said'

/** The sentences of the server in a file, as texts of a catalogue: what is put in stands there by its number. */
const saidIn = async (code: string): Promise<string[]> => (await parsed(code)).filter(isSaid).map(textOf)

const textOf = ({ quasi: { quasis } }: Tagged): string => {
  const literals = quasis.map(({ value }) => value.cooked)
  const odd = literals.find((literal) => /[{}]|'$/.test(literal))
  if (odd !== undefined) throw new Error(`A catalogue would take the signs in “${odd}” for its own`)
  return literals.reduce((text, literal, index) => `${text}{${index - 1}}${literal}`)
}

export const saidExtractor: ExtractorType = {
  match: (file) => /(apps.bff|packages.shared).src.+[.]ts$/.test(file),
  extract: async (file, code, onMessageExtracted) => {
    for (const message of await saidIn(code))
      onMessageExtracted({ id: generateMessageId(message), message, origin: [file, 1] })
  },
}

export type Literal = { start: number; end: number; value: string }
type Field = { key: { name: string }; value: Literal }
type Text = { id: Literal; message: Literal }

/** The `id` and `message` of every object that has both, which only the macros write. */
export const textsIn = (node: unknown): Text[] =>
  all(node).flatMap((each) => {
    if (!('properties' in each) || !Array.isArray(each.properties)) return []
    const fields = new Map(each.properties.filter(isText).map(({ key, value }) => [key.name, value]))
    const [id, message] = [fields.get('id'), fields.get('message')]
    return id && message ? [{ id, message }] : []
  })

/** Every `import('…')`, with what it names. */
export const importsIn = (node: unknown): { start: number; end: number; source: Literal }[] =>
  all(node).filter(isImport)

/** Every text between quotes. */
export const literalsIn = (node: unknown): Literal[] => all(node).filter(isLiteral)

/** The node and all that it is made of. */
export const all = (node: unknown): object[] => {
  if (Array.isArray(node)) return node.flatMap(all)
  return typeof node === 'object' && node !== null ? [node, ...Object.values(node).flatMap(all)] : []
}

const isText = (field: { key?: { name?: unknown }; value?: unknown }): field is Field =>
  typeof field.key?.name === 'string' && isLiteral(field.value)

const isLiteral = (node: unknown): node is Literal =>
  typeof node === 'object' &&
  node !== null &&
  'type' in node &&
  node.type === 'Literal' &&
  'value' in node &&
  typeof node.value === 'string'

const isImport = (node: object): node is { start: number; end: number; source: Literal } =>
  'type' in node && node.type === 'ImportExpression' && 'source' in node && isLiteral(node.source)

/** The text with other parts in the places of some. */
export const withCuts = (text: string, cuts: { start: number; end: number; by: string }[]): string =>
  cuts
    .toSorted((a, b) => b.start - a.start)
    .reduce((cut, { start, end, by }) => cut.slice(0, start) + by + cut.slice(end), text)

import type { Messages } from '@lingui/core'
import { type Found, foundIn, type Piece, type Signs } from './server-parts.ts'

type Message = Messages[string]
type Template = { literals: string[]; pattern: RegExp; weight: number; translation: Message }

/** Answers what is shown of a text of the server, by two compiled catalogues; `null` when no template matches. */
export const templatesOf = (english: Messages, translated: Messages, signs: Signs) => {
  const templates = Object.entries(english)
    .map(([id, message]) => templateOf(message, translated[id] ?? message))
    .toSorted((a, b) => b.weight - a.weight)
  const exact = new Map(templates.filter(isExact).map((template) => [template.literals[0], template]))
  const withValues = templates.filter((template) => !isExact(template))
  const known = (sentence: string): Found | null => {
    const same = exact.get(sentence)
    if (same) return { score: same.weight, pieces: piecesOf(same.translation, []) }
    for (const { pattern, weight, translation } of withValues) {
      const match = pattern.exec(sentence)
      if (match) {
        const values = match.slice(1)
        // What holds several sentences is rather what was put behind one.
        return { score: weight - (values.some(holdsSentences) ? 1 : 0), pieces: piecesOf(translation, values) }
      }
    }
    return null
  }
  const before = new Map<string, Piece[] | null>()
  return (text: string): Piece[] | null => {
    const last = before.get(text)
    if (last !== undefined) return last
    const pieces = foundIn(text, known, signs)
    if (before.size < MOST_KEPT) before.set(text, pieces)
    return pieces
  }
}

const MOST_KEPT = 1000

const holdsSentences = (value: string): boolean => /[.:;] /.test(value)

const isExact = ({ literals }: Template): boolean => literals.length === 1

const partsOf = (message: Message) => (typeof message === 'string' ? [message] : message)

/** Without the full stop at its end, which a sentence within others may lack or have. */
const bare = (text: string): string => text.replace(/[.。]$/u, '')

const templateOf = (message: Message, translation: Message): Template => {
  const literals = ['']
  for (const part of partsOf(message)) {
    if (typeof part === 'string') literals.push(`${literals.pop()}${part}`)
    else literals.push('')
  }
  literals.push(bare(literals.pop() ?? ''))
  const pattern = new RegExp(`^${literals.map(escaped).join('([^]+?)')}$`)
  return { literals, pattern, weight: literals.join('').length, translation }
}

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)

const piecesOf = (message: Message, values: string[]): Piece[] => {
  const parts = partsOf(message)
  return parts.map((part, index) => {
    if (typeof part !== 'string') return { kind: 'value', text: values[Number(part[0])] ?? '' }
    return { kind: 'words', text: index === parts.length - 1 ? bare(part) : part }
  })
}

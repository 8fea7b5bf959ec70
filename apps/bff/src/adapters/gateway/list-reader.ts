import { said } from '@ostor-console/shared/said'
import { parseJson } from './json.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

/**
 * Reads a JSON document of any length as it arrives: every object in a list is parsed and handed on as soon as its last
 * byte is here, so that neither the memory nor the event loop has to take the whole text at once.
 *
 * What is left of the document, with the index of each object in its place, is small and is parsed at the end, so a text
 * that is cut or broken anywhere is an error.
 */
export const listReader = <T>(take: (item: unknown, index: number) => T) => {
  const items: T[] = []
  let rest = ''
  let pending: Buffer[] = []
  let depth = 0
  let inList = 0
  let inText = false
  let escaped = false
  let inItem = false

  const finish = (last: Buffer): void => {
    const text = (pending.length === 0 ? last : Buffer.concat([...pending, last])).toString('utf8')
    pending = []
    rest += items.length
    items.push(take(parseJson(text), items.length))
  }

  const push = (chunk: Buffer): void => {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]
      if (inText) {
        if (escaped) escaped = false
        else if (byte === BACKSLASH) escaped = true
        else if (byte === QUOTE) inText = false
        continue
      }
      if (byte === QUOTE) inText = true
      else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
        depth++
        if (byte === OPEN_BRACKET && inList === 0 && depth <= 2) inList = depth
        else if (byte === OPEN_BRACE && inList > 0 && depth === inList + 1) {
          inItem = true
          rest += chunk.toString('latin1', from, at)
          from = at
        }
      } else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
        if (inItem && depth === inList + 1) {
          finish(chunk.subarray(from, at + 1))
          inItem = false
          from = at + 1
        } else if (depth === inList) inList = 0
        depth--
      }
    }
    if (inItem) pending.push(chunk.subarray(from))
    else rest += chunk.toString('latin1', from)
  }

  /** The document without its objects, and the objects. */
  const end = (): { document: unknown; items: T[] } => {
    if (inItem) throw new SyntaxError(said`it ends inside an object`)
    return { document: parseJson(Buffer.from(rest, 'latin1').toString('utf8')), items }
  }

  return { push, end }
}

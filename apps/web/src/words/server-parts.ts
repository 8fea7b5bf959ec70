/** A piece of what is shown: words of a catalogue, what was put in, or a sentence that no catalogue knows. */
export type Piece = { kind: 'words' | 'value' | 'english'; text: string }
export type Found = { score: number; pieces: Piece[] }
/** How a language writes what stands after a sentence, and between two. */
export type Signs = Record<'.' | ':' | ';', string> & { space: string }

type Known = (sentence: string) => Found | null

/** A longer text is not made of sentences of the server. */
const MOST_SENTENCES = 24
const LONGEST = 4000

/**
 * What is known of a text. Some are several sentences with a full stop, a colon or a semicolon between them: of all ways
 * to part one, that with the most known letters counts.
 */
export const foundIn = (text: string, known: Known, signs: Signs): Piece[] | null => {
  const sentences = text.replace(/\.$/, '').split(/(?<=[.:;]) /)
  if (sentences.length > MOST_SENTENCES || text.length > LONGEST) return null
  const end: Found = { score: 0, pieces: text.endsWith('.') ? words(signs['.']) : [] }
  const best = [end]
  for (let from = sentences.length - 1; from >= 0; from -= 1) {
    const ways = best.map((rest, more): Found => {
      const many = sentences.length - from - more
      const until = sentences.slice(from, from + many).join(' ')
      const isLast = more === 0
      const sentence = isLast ? until : until.slice(0, -1)
      const here = known(sentence) ?? { score: 0, pieces: [{ kind: 'english', text: sentence }] }
      const between = isLast ? [] : words(signOf(until, signs) + signs.space)
      return { score: here.score + rest.score, pieces: [...here.pieces, ...between, ...rest.pieces] }
    })
    best.push(ways.reduce((one, other) => (other.score > one.score ? other : one)))
  }
  const whole = best.at(-1)
  return whole && whole.score > 0 ? whole.pieces : null
}

const signOf = (sentence: string, signs: Signs): string => {
  const sign = sentence.at(-1)
  return sign === ':' || sign === ';' ? signs[sign] : signs['.']
}

const words = (text: string): Piece[] => [{ kind: 'words', text }]

import { said } from '@ostor-console/shared/said'

const LONG_NUMBER_OR_SECRET = /[:,[\s-](?:\d{17}|9\d{15})|secret/i

type Context = { source?: string }

/** What must be exact stays exact, and what nobody asked for is not kept. */
const lossless =
  (keepSecrets: boolean) =>
  (key: string, value: unknown, context?: Context): unknown => {
    if (!keepSecrets && /secret/i.test(key)) return undefined
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
    const source = context?.source ?? ''
    return /^-?\d+$/.test(source) ? BigInt(source) : value
  }

const drop = lossless(false)
const keep = lossless(true)

/**
 * JSON whose integers past 2^53 come out as BigInt and whose secrets do not come out at all, unless they are asked for.
 * Throws a SyntaxError that does not repeat the text.
 */
export const parseJson = (text: string, { keepSecrets = false } = {}): unknown => {
  try {
    return LONG_NUMBER_OR_SECRET.test(text) ? JSON.parse(text, keepSecrets ? keep : drop) : JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new SyntaxError(said`it is not valid JSON, it is nested too deeply`)
    const position = /at position (\d+)/.exec(error.message)?.[1]
    throw new SyntaxError(
      position === undefined ? said`it is not valid JSON` : said`it is not valid JSON, at position ${position}`,
    )
  }
}

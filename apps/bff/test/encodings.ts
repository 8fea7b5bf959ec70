/** Where a secret is looked for in the forms in which it may have been written down. */
export const ENCODINGS = {
  plain: (text: string) => [text],
  // What stands before it moves the groups of three: the inner characters are the same whatever that is.
  base64: (text: string) => [0, 1, 2].map((before) => inner(text, before, 'base64')),
  base64url: (text: string) => [0, 1, 2].map((before) => inner(text, before, 'base64url')),
  hex: (text: string) => either(Buffer.from(text).toString('hex')),
  percent: (text: string) => [encodeURIComponent(text), ...either(Buffer.from(text).toString('hex')).map(percent)],
  unicode: (text: string) => either([...Buffer.from(text)].map((byte) => `\\u00${byte.toString(16)}`).join('')),
  utf16: (text: string) => [Buffer.from(text, 'utf16le').toString('latin1')],
  reversed: (text: string) => [Buffer.from(Buffer.from(text, 'latin1').toReversed()).toString('latin1')],
}

/** The encodings in which any of the texts holds the secret. */
export const encodingsIn = (texts: string[], secret: string): string[] =>
  Object.entries(ENCODINGS).flatMap(([name, forms]) =>
    forms(secret).some((form) => texts.some((text) => text.includes(form))) ? [name] : [],
  )

const either = (hex: string): string[] => [hex, hex.toUpperCase().replaceAll('\\U', '\\u')]
const percent = (hex: string): string => hex.replaceAll(/../g, (byte) => `%${byte}`)

const inner = (text: string, before: number, encoding: 'base64' | 'base64url'): string => {
  const encoded = Buffer.from('\0'.repeat(before) + text)
    .toString(encoding)
    .replaceAll('=', '')
  return encoded.slice(before === 0 ? 0 : before + 1, -1)
}

/** What PHP takes for true: everything but nothing, the empty text and `0`. The text `false` is true. */
export const isTrue = (value: string | undefined): boolean => value !== undefined && value !== '' && value !== '0'

/** `(int) $value`: the digits at the start, or 0. */
export const intOf = (value: string | undefined): number => Number(/^\s*(-?\d+)/.exec(value ?? '')?.[1] ?? 0)

/** `unserialize()` of an array of texts by number, which is what custom fields come in; `null` when it is none. */
export const unserialized = (base64: string): Map<number, string> | null => {
  const bytes = Buffer.from(base64, 'base64')
  const head = /^a:(\d+):\{/.exec(bytes.toString('latin1'))
  if (!head) return null
  const fields = new Map<number, string>()
  let at = head[0].length
  while (bytes[at] !== 0x7d) {
    const entry = /^i:(\d+);s:(\d+):"/.exec(bytes.toString('latin1', at, at + 40))
    if (!entry) return null
    const [start, size] = [at + entry[0].length, Number(entry[2])]
    if (bytes.toString('latin1', start + size, start + size + 2) !== '";') return null
    fields.set(Number(entry[1]), bytes.toString('utf8', start, start + size))
    at = start + size + 2
  }
  return fields.size === Number(head[1]) && at === bytes.length - 1 ? fields : null
}

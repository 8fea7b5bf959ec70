/** How one option is written, what it is without being written, and what it does. */
export type Option<T> = {
  help: string
  accepts: string
  /** The value, or nothing where the text is not one. */
  parse: (text: string) => T | undefined
  /** What `--help` says where the fallback stands for "not given". */
  unset?: string
  /** What holds without the option; the version is a number such as 703. */
  fallback: (version: number) => T
}

type ByVersion<T> = T | ((version: number) => T)

const fallbackOf =
  <T extends string | number | boolean>(value: ByVersion<T>) =>
  (version: number): T =>
    typeof value === 'function' ? value(version) : value

export const integer = (help: string, value: number, min = 0, max = Number.MAX_SAFE_INTEGER): Option<number> => ({
  help,
  accepts: max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min}` : `a whole number from ${min} to ${max}`,
  parse: (text) => (/^-?\d+$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined),
  fallback: () => value,
})

export const flag = (help: string, value: ByVersion<boolean> = false): Option<boolean> => ({
  help,
  accepts: 'true or false',
  parse: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  fallback: fallbackOf<boolean>(value),
})

export const choice = <const C extends readonly string[]>(
  help: string,
  choices: C,
  value: ByVersion<C[number]>,
): Option<C[number]> => ({
  help,
  accepts: choices.join(' | '),
  parse: (text) => choices.find((known) => known === text),
  fallback: fallbackOf<C[number]>(value),
})

/** An instant in milliseconds since 1970; 0 stands for "not given". */
export const instant = (help: string, notBefore: string, unset: string): Option<number> => ({
  help,
  unset,
  accepts: `an instant from ${notBefore} in ISO 8601 or in milliseconds since 1970`,
  parse: (text) => {
    if (text === '0') return 0
    const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text)
    return at >= Date.parse(notBefore) ? at : undefined
  },
  fallback: () => 0,
})

/** Every value of a query string is text; nothing is guessed to be a number or JSON. The first of a repeated name counts. */
export function parseSearch(search: string): Record<string, string> {
  const values: Record<string, string> = Object.create(null)
  for (const [name, value] of new URLSearchParams(search)) values[name] ??= value
  return { ...values }
}

export function stringifySearch(search: Record<string, unknown>): string {
  const set = Object.entries(search).flatMap(([name, value]) =>
    typeof value === 'number' || (typeof value === 'string' && value !== '') ? [[name, String(value)]] : [],
  )
  const text = new URLSearchParams(set).toString()
  return text === '' ? '' : `?${text}`
}

/** For a page that keeps plain text in the address and checks it itself. */
export const plainSearch = (search: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)]))

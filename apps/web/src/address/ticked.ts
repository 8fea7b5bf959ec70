/** What is ticked in a list: some rows one by one, or all that the filter matches. */
export type Ticked = 'all' | readonly string[]

/** An address of some two thousand characters is passed on whole by whatever passes addresses on. */
export const MOST_IN_ADDRESS = 50

const isIds = (text: unknown): text is string =>
  typeof text === 'string' && /^[0-9a-zA-Z]{1,64}(\.[0-9a-zA-Z]{1,64}){0,49}$/.test(text)

/** As an address may say it: `ticked=all`, or ids as in `ticked=0a1b.2c3d`. */
export const tickedOf = ({ ticked }: Record<string, unknown>): { ticked?: string } => (isIds(ticked) ? { ticked } : {})

/** Those that alone are shown, likewise. */
export const idsOf = ({ ids }: Record<string, unknown>): { ids?: string } => (isIds(ids) ? { ids } : {})

export const readTicked = (text: string | undefined): Ticked => {
  if (text === undefined) return []
  return text === 'all' ? 'all' : text.split('.')
}

/** Nothing for none, and for more than fit. */
export const writeTicked = (ticked: Ticked): string | undefined => {
  if (ticked === 'all') return 'all'
  return ticked.length === 0 || ticked.length > MOST_IN_ADDRESS ? undefined : ticked.join('.')
}

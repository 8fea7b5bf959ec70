import { formatBytes } from './bytes.ts'
import { formatCount } from './counts.ts'
import { formatInstant } from './dates.ts'

/** The first number and the first date take a browser long, for it reads what it knows of the language. This is for a moment in which it waits anyway. */
export const warmFormats = (): void => {
  formatBytes(1_500n)
  formatCount(1_500)
  formatInstant(new Date().toISOString())
}

import type { ListedObject } from '../../adapters/store/statistics.ts'
import { faultOfSpan } from './plausible.ts'

/** What the name of a statistics object says. */
export type ObjectName = { name: string; serviceId: string; startedAt: Date; nominalSeconds: number }

const NAME = /^s3-usage-([0-9a-f]{16})-(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)-(\d{1,9})$/i

/** `null` when it is not the name of a statistics object. A date that does not exist reads as 1970. */
export const parseName = (name: string): ObjectName | null => {
  const [, serviceId = '', start = '', period = ''] = NAME.exec(name) ?? []
  if (serviceId === '') return null
  return { name, serviceId: serviceId.toLowerCase(), startedAt: dateOf(start), nominalSeconds: Number(period) }
}

const dateOf = (text: string): Date => {
  const date = new Date(text)
  // 31 February would roll over into March.
  return date.toString() !== 'Invalid Date' && date.toISOString().startsWith(text.slice(0, 19)) ? date : new Date(0)
}

/** The names that are names of statistics objects, each with the reason why it cannot be true, if there is one. */
export const listedObjects = (names: string[], gatewayNow: Date): ListedObject[] =>
  names.flatMap((name) => {
    const parsed = parseName(name)
    if (!parsed) return []
    const { startedAt, nominalSeconds } = parsed
    return [{ ...parsed, fault: faultOfSpan({ startedAt, seconds: nominalSeconds }, gatewayNow) }]
  })

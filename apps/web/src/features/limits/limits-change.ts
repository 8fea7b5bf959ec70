import type { Limit, Limits, LimitsChange } from '@ostor-console/shared/limits'
import { FIELDS, type Field, type FieldName, valueOf } from './limit-fields.ts'

/** What stands in the form: the switch, and the text beside it, which is kept while the switch says unlimited. */
export type Entry = { limited: boolean; text: string }
export type Draft = Record<FieldName, Entry>

const entryOf = (limit: Limit): Entry =>
  limit === 'unlimited' ? { limited: false, text: '' } : { limited: true, text: String(limit) }

export const draftOf = (limits: Limits): Draft => ({
  default: entryOf(limits.opsPerSecond.default),
  get: entryOf(limits.opsPerSecond.get),
  put: entryOf(limits.opsPerSecond.put),
  list: entryOf(limits.opsPerSecond.list),
  delete: entryOf(limits.opsPerSecond.delete),
  out: entryOf(limits.bandwidth.out),
})

/** The limit that an entry means; `null` when the text is no number at all. Nothing is guessed from `1e3` or `1,000`. */
export const limitOf = ({ limited, text }: Entry): Limit | null => {
  if (!limited) return 'unlimited'
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null
}

export type Difference = { field: Field; from: Limit; to: Limit }

/** The fields whose value the form would change. A text that is no number is left to the form to refuse. */
export const changesIn = (base: Limits, draft: Draft): Difference[] =>
  FIELDS.flatMap((field) => {
    const from = valueOf(base, field.name)
    const to = limitOf(draft[field.name])
    return to === null || to === from ? [] : [{ field, from, to }]
  })

/** Where two readings differ: what somebody else did meanwhile. */
export const differences = (before: Limits, after: Limits): Difference[] =>
  FIELDS.flatMap((field) => {
    const from = valueOf(before, field.name)
    const to = valueOf(after, field.name)
    return from === to ? [] : [{ field, from, to }]
  })

/** Only what changes; what is left out keeps its value. */
export function requestOf(changes: Difference[]): LimitsChange {
  const of = (group: Field['group']) =>
    Object.fromEntries(changes.filter(({ field }) => field.group === group).map(({ field, to }) => [field.name, to]))
  const opsPerSecond = of('opsPerSecond')
  const bandwidth = of('bandwidth')
  return {
    ...(Object.keys(opsPerSecond).length > 0 && { opsPerSecond }),
    ...(Object.keys(bandwidth).length > 0 && { bandwidth }),
  }
}

/** My draft on top of what others did: their values in the fields that I left alone. */
export const rebase = (base: Limits, theirs: Limits, draft: Draft): Draft => {
  const mine = new Set(changesIn(base, draft).map(({ field }) => field.name))
  const fresh = draftOf(theirs)
  const kept = FIELDS.map(({ name }) => [
    name,
    mine.has(name) || limitOf(draft[name]) === null ? draft[name] : fresh[name],
  ])
  return { ...fresh, ...Object.fromEntries(kept) }
}

import type { BulkAction, BulkChange } from '@ostor-console/shared/bulk'
import type { LimitsChange } from '@ostor-console/shared/limits'

export const FIELDS = [
  { name: 'default', label: 'Default', unit: 'ops/s' },
  { name: 'get', label: 'Get', unit: 'ops/s' },
  { name: 'put', label: 'Put', unit: 'ops/s' },
  { name: 'list', label: 'List', unit: 'ops/s' },
  { name: 'delete', label: 'Delete', unit: 'ops/s' },
  { name: 'out', label: 'Bandwidth out', unit: 'kb/s' },
] as const
export type FieldName = (typeof FIELDS)[number]['name'] | 'size'

/** A value that is to be set: it may be left as it is for each user, lifted, or set to a number. */
export type Entry = { what: 'leave' | 'unlimited' | 'limit'; text: string }
export type Draft = Partial<Record<FieldName, Entry>>

export const LEFT: Entry = { what: 'leave', text: '' }

type Value = number | 'unlimited'

/** `undefined` leaves it; `null` is no number that can be set. Nothing is guessed from `1e3` or `1,000`. */
const valueOf = ({ what, text }: Entry = LEFT): Value | null | undefined => {
  if (what === 'leave') return undefined
  if (what === 'unlimited') return 'unlimited'
  return /^[1-9]\d{0,9}$/.test(text.trim()) ? Number(text) : null
}

const NUMBER = 'Enter a whole number above 0; the gateway reads 0 as unlimited'

/** What is to be done, or what has to be corrected first. */
export const changeFrom = (action: BulkAction, draft: Draft): { change: BulkChange } | { error: string } => {
  if (action === 'set-quota') {
    const size = valueOf(draft.size ?? { what: 'unlimited', text: '' })
    return size === null || size === undefined ? { error: NUMBER } : { change: { action, size } }
  }
  if (action !== 'set-limits') return { change: { action } }
  const values = FIELDS.map(({ name }) => [name, valueOf(draft[name])] as const)
  if (values.some(([, value]) => value === null)) return { error: NUMBER }
  const named = values.flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value] as const],
  )
  if (named.length === 0) return { error: 'Choose at least one limit that is to be set' }
  return { change: { action, limits: limitsOf(named) } }
}

const limitsOf = (named: (readonly [string, Value])[]): LimitsChange => {
  const ops = named.filter(([name]) => name !== 'out')
  const out = named.find(([name]) => name === 'out')?.[1]
  return {
    ...(ops.length > 0 && { opsPerSecond: Object.fromEntries(ops) }),
    ...(out !== undefined && { bandwidth: { out } }),
  }
}

import { msg, t } from '@lingui/core/macro'
import type { BulkAction, BulkChange } from '@ostor-console/shared/bulk'
import type { LimitsChange } from '@ostor-console/shared/limits'

export const FIELDS = [
  { name: 'default', label: msg({ message: 'Default', context: 'a kind of operations' }), unit: 'ops/s' },
  { name: 'get', label: msg({ message: 'Get', context: 'a kind of operations' }), unit: 'ops/s' },
  { name: 'put', label: msg({ message: 'Put', context: 'a kind of operations' }), unit: 'ops/s' },
  { name: 'list', label: msg({ message: 'List', context: 'a kind of operations' }), unit: 'ops/s' },
  { name: 'delete', label: msg({ message: 'Delete', context: 'a kind of operations' }), unit: 'ops/s' },
  { name: 'out', label: msg`Bandwidth out`, unit: 'kb/s' },
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

const numberWanted = () => t`Enter a whole number above 0; the gateway reads 0 as unlimited`

/** What is to be done, or what has to be corrected first. */
export const changeFrom = (action: BulkAction, draft: Draft): { change: BulkChange } | { error: string } => {
  if (action === 'set-quota') {
    const size = valueOf(draft.size ?? { what: 'unlimited', text: '' })
    return size === null || size === undefined ? { error: numberWanted() } : { change: { action, size } }
  }
  if (action !== 'set-limits') return { change: { action } }
  const values = FIELDS.map(({ name }) => [name, valueOf(draft[name])] as const)
  if (values.some(([, value]) => value === null)) return { error: numberWanted() }
  const named = values.flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value] as const],
  )
  if (named.length === 0) return { error: t`Choose at least one limit that is to be set` }
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

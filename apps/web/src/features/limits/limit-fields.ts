import type { Limit, Limits, Op } from '@ostor-console/shared/limits'

export type FieldName = Op | 'out'
export type Field = {
  name: FieldName
  group: 'opsPerSecond' | 'bandwidth'
  label: string
  unit: 'ops/s' | 'kb/s'
  note: string
}

const ops: Record<Op, [label: string, note: string]> = {
  default: ['Default', 'all other operations'],
  get: ['Get', 'reading objects'],
  put: ['Put', 'writing objects'],
  list: ['List', 'listing buckets and objects'],
  delete: ['Delete', 'deleting objects'],
}

const opField = (name: Op): Field => {
  const [label, note] = ops[name]
  return { name, group: 'opsPerSecond', label, unit: 'ops/s', note }
}

export const OPS_FIELDS: Field[] = [
  opField('default'),
  opField('get'),
  opField('put'),
  opField('list'),
  opField('delete'),
]
export const BANDWIDTH_FIELDS: Field[] = [
  { name: 'out', group: 'bandwidth', label: 'Out', unit: 'kb/s', note: 'what clients read' },
]
export const FIELDS: Field[] = [...OPS_FIELDS, ...BANDWIDTH_FIELDS]

export const valueOf = (limits: Pick<Limits, 'opsPerSecond' | 'bandwidth'>, name: FieldName): Limit =>
  name === 'out' ? limits.bandwidth.out : limits.opsPerSecond[name]

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

/** `unlimited`, or the number with its unit. */
export const limitText = (limit: Limit, unit: string): string =>
  limit === 'unlimited' ? 'unlimited' : `${number.format(limit)} ${unit}`

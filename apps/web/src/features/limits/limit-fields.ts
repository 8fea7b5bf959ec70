import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { Limit, Limits, Op } from '@ostor-console/shared/limits'
import { inEach } from '../../format/locale.ts'

export type FieldName = Op | 'out'
export type Field = {
  name: FieldName
  group: 'opsPerSecond' | 'bandwidth'
  label: MessageDescriptor
  unit: 'ops/s' | 'kb/s'
  note: MessageDescriptor
}

const ops: Record<Op, [label: MessageDescriptor, note: MessageDescriptor]> = {
  default: [msg({ message: 'Default', context: 'a kind of operations' }), msg`all other operations`],
  get: [msg({ message: 'Get', context: 'a kind of operations' }), msg`reading objects`],
  put: [msg({ message: 'Put', context: 'a kind of operations' }), msg`writing objects`],
  list: [msg({ message: 'List', context: 'a kind of operations' }), msg`listing buckets and objects`],
  delete: [msg({ message: 'Delete', context: 'a kind of operations' }), msg`deleting objects`],
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
  {
    name: 'out',
    group: 'bandwidth',
    label: msg({ message: 'Out', context: 'a direction of traffic' }),
    unit: 'kb/s',
    note: msg`what clients read`,
  },
]
export const FIELDS: Field[] = [...OPS_FIELDS, ...BANDWIDTH_FIELDS]

export const valueOf = (limits: Pick<Limits, 'opsPerSecond' | 'bandwidth'>, name: FieldName): Limit =>
  name === 'out' ? limits.bandwidth.out : limits.opsPerSecond[name]

const number = inEach((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }))

/** `unlimited`, or the number with its unit. */
export const limitText = (limit: Limit, unit: string): string =>
  limit === 'unlimited' ? t`unlimited` : `${number().format(limit)} ${unit}`

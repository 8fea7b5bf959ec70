import type { FlatLimits, LimitName } from './limits-reader.ts'
import { opNames } from './limits-reader.ts'
import type { Parameters } from './url.ts'

/** The two forms in which gateways take limits: `A` a whole group at once, `B` one limit in each call. */
export type Form = 'A' | 'B'

/** By how much operations per second are multiplied to be written. */
export type Scales = Record<Form, number>

type Write = { names: LimitName[]; parameters: Parameters }

const isOps = (name: LimitName): boolean => name !== 'bandwidth:out'

const inFormA = (wanted: FlatLimits, changed: LimitName[], scale: number): Write[] => {
  const ops = Object.fromEntries(
    // What is left out would be reset, and readings are rounded: the whole number is what had been written.
    opNames.map((name) => [name.slice('ops:'.length), String(Math.round((wanted.get(name) ?? 0) * scale))]),
  )
  const out = String(Math.round(wanted.get('bandwidth:out') ?? 0))
  const names = changed.filter(isOps)
  return [
    ...(names.length > 0 ? [{ names, parameters: { ops: true, ...ops } as const }] : []),
    ...(changed.includes('bandwidth:out')
      ? [{ names: ['bandwidth:out' as const], parameters: { bandwidth: true, out } as const }]
      : []),
  ]
}

const inFormB = (wanted: FlatLimits, changed: LimitName[], scale: number): Write[] =>
  changed.map((name) => {
    const [type = '', resource = ''] = name.split(':')
    const value = (wanted.get(name) ?? 0) * (isOps(name) ? scale : 1)
    return {
      names: [name],
      parameters: { 'limit-type': type, 'limit-resource': resource, 'limit-value': String(Math.round(value)) },
    }
  })

/** The calls that bring the limits `changed` to what is wanted, in one of the forms. */
export const writesIn = (form: Form, wanted: FlatLimits, changed: LimitName[], scales: Scales): Write[] =>
  form === 'A' ? inFormA(wanted, changed, scales.A) : inFormB(wanted, changed, scales.B)

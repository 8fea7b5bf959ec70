import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FlatLimits, LimitName } from './limits-reader.ts'
import { opNames } from './limits-reader.ts'
import type { Parameters } from './url.ts'

/** The two forms in which gateways take limits: `A` a whole group at once, `B` one limit in each call. */
export type Form = 'A' | 'B'

/** By how much operations per second are multiplied to be written. */
export type Scales = Record<Form, number>

type Write = { names: LimitName[]; parameters: Parameters }

const isOps = (name: LimitName): boolean => name !== 'bandwidth:out'

/** A whole number, as the gateway takes it. A limit never becomes 0, which would lift it. */
const whole = (value: number, scale = 1): string => {
  const rounded = Math.round(value * scale)
  if (rounded > 0 || value === 0) return String(rounded)
  throw problem('request-invalid', { detail: said`${value} cannot be written in the form that this gateway takes` })
}

const inFormA = (wanted: FlatLimits, changed: LimitName[], scale: number): Write[] => {
  const ops = Object.fromEntries(
    // What is left out would be reset, and readings are rounded: the whole number is what had been written.
    opNames.map((name) => [name.slice('ops:'.length), whole(wanted.get(name) ?? 0, scale)]),
  )
  const names = changed.filter(isOps)
  return [
    ...(names.length > 0 ? [{ names, parameters: { ops: true, ...ops } as const }] : []),
    ...(changed.includes('bandwidth:out')
      ? [
          {
            names: ['bandwidth:out' as const],
            parameters: { bandwidth: true, out: whole(wanted.get('bandwidth:out') ?? 0) } as const,
          },
        ]
      : []),
  ]
}

const inFormB = (wanted: FlatLimits, changed: LimitName[], scale: number): Write[] =>
  changed.map((name) => {
    const [type = '', resource = ''] = name.split(':')
    return {
      names: [name],
      parameters: {
        'limit-type': type,
        'limit-resource': resource,
        'limit-value': whole(wanted.get(name) ?? 0, isOps(name) ? scale : 1),
      },
    }
  })

/** Whether form B, which takes whole numbers by the second, cannot say what is wanted. */
export const needsFormA = (wanted: FlatLimits, changed: LimitName[], scales: Scales): boolean =>
  scales.B === 1 && changed.some((name) => isOps(name) && !Number.isInteger(wanted.get(name) ?? 0))

/** The calls that bring the limits `changed` to what is wanted, in one of the forms. */
export const writesIn = (form: Form, wanted: FlatLimits, changed: LimitName[], scales: Scales): Write[] =>
  form === 'A' ? inFormA(wanted, changed, scales.A) : inFormB(wanted, changed, scales.B)

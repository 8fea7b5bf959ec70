import { type Limit, type Limits, type LimitsChange, OPS } from '@ostor-console/shared/limits'
import { said } from '@ostor-console/shared/said'
import type { GatewayLimits } from '../../adapters/gateway/gateway.ts'
import { versionOf } from '../../writing/if-match.ts'

export type Group = 'opsPerSecond' | 'bandwidth' | 'all'
/** Field → value, where 0 is unlimited: `opsPerSecond.get` → 10. */
export type Fields = Record<string, number>

/** At the gateway 0 means unlimited; here the word does. */
const shown = (value: number): Limit => (value === 0 ? 'unlimited' : value)
const wanted = (value: Limit): number => (value === 'unlimited' ? 0 : value)

export const fieldsOf = ({ opsPerSecond, bandwidth }: Pick<GatewayLimits, 'opsPerSecond' | 'bandwidth'>): Fields => ({
  ...Object.fromEntries(OPS.map((op) => [`opsPerSecond.${op}`, opsPerSecond[op]])),
  'bandwidth.out': bandwidth.out,
})

/** The fields that the change names. */
export const changedFields = ({ opsPerSecond = {}, bandwidth = {} }: LimitsChange): Fields => {
  const named = [
    ...OPS.map((op) => [`opsPerSecond.${op}`, opsPerSecond[op]] as const),
    ['bandwidth.out', bandwidth.out] as const,
  ]
  return Object.fromEntries(named.flatMap(([field, value]) => (value === undefined ? [] : [[field, wanted(value)]])))
}

/** What is expected once the groups are removed. */
export const removedFields = (before: Fields, group: Group): Fields =>
  Object.fromEntries(
    Object.entries(before).map(([field, value]) => [
      field,
      group === 'all' || field.startsWith(`${group}.`) ? 0 : value,
    ]),
  )

/** As the audit keeps them: field → number, or "unlimited". */
export type Words = Record<string, string>

export const inFields = (words: Words): Fields =>
  Object.fromEntries(Object.entries(words).map(([field, word]) => [field, word === 'unlimited' ? 0 : Number(word)]))

/** The change that sets what `after` names to what it was before. */
export const changeBack = ({ before, after }: { before: Words; after: Words }): LimitsChange => {
  const back = (field: string): Limit | undefined => {
    const value = field in after ? inFields(before)[field] : undefined
    return value === undefined ? undefined : shown(value)
  }
  const [get, put, list, remove] = ['get', 'put', 'list', 'delete'].map((op) => back(`opsPerSecond.${op}`))
  const opsPerSecond = { default: back('opsPerSecond.default'), get, put, list, delete: remove }
  return { opsPerSecond, bandwidth: { out: back('bandwidth.out') } }
}

export const inWords = (fields: Fields): Words =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, String(shown(value))]))

// The gateway shows two decimals, and some forms of the write round what they leave as it was.
const ROUNDING = 0.005

/** What differs, each with field, wanted and found; empty when all is as wanted. */
export const differencesOf = (expected: Fields, found: Fields): string[] =>
  Object.entries(expected)
    .filter(([field, value]) => !(Math.abs((found[field] ?? Number.NaN) - value) < ROUNDING))
    .map(([field, value]) => said`${field}: wanted ${shown(value)}, found ${shown(found[field] ?? Number.NaN)}`)

export const limitsOf = (limits: GatewayLimits, readAt: Date): Limits => {
  const { opsPerSecond, bandwidth, unset } = limits
  return {
    opsPerSecond: {
      default: shown(opsPerSecond.default),
      get: shown(opsPerSecond.get),
      put: shown(opsPerSecond.put),
      list: shown(opsPerSecond.list),
      delete: shown(opsPerSecond.delete),
    },
    bandwidth: { out: shown(bandwidth.out) },
    unset,
    readAt: readAt.toISOString(),
    version: versionOf(fieldsOf(limits)),
  }
}

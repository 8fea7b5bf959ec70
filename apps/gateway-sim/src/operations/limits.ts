import { notAllowed, Refusal, wrongParameters } from '../refusal.ts'
import { json, type Limits, nothing, type Operation, type World } from './operation.ts'
import type { Parameters } from './parameters.ts'
import { selectSubject } from './selectors.ts'

const OPS = ['default', 'get', 'put', 'list', 'delete'] as const
const GROUPS = { ops: OPS, bandwidth: ['out'] } as const
const SHOWN = ['ops:default', 'ops:get', 'ops:put', 'ops:list', 'ops:delete', 'bandwidth:out']

type Group = keyof typeof GROUPS

const isGroup = (text: string | undefined): text is Group => text === 'ops' || text === 'bandwidth'

const number = (parameters: Parameters, name: string): number | undefined => {
  if (!parameters.has(name)) return undefined
  const text = parameters.value(name) ?? ''
  if (!/^\d{1,15}(\.\d+)?$/.test(text)) throw wrongParameters(`The parameter ${name} must be a number.`)
  return Number(text)
}

const written = (name: string, value: number) =>
  name.startsWith('ops') || !Number.isInteger(value) ? value.toFixed(2) : String(value)

const get = (world: World, subject: string) => {
  const limits = world.limits.get(subject)
  const { unsetLimits, unsetLimitsStatus } = world.settings
  if (!limits && unsetLimits === 'error') {
    throw new Refusal(Number(unsetLimitsStatus), 'LimitsDisabled', 'Limits are disabled for this user or bucket.')
  }
  return json(JSON.stringify(Object.fromEntries(SHOWN.map((name) => [name, written(name, limits?.[name] ?? 0)]))))
}

/** One group at a time, operations per MINUTE; what is not named becomes the default, or 0. */
const fromFormA = (parameters: Parameters): Limits => {
  if (parameters.count(['ops', 'bandwidth']) !== 1)
    throw wrongParameters('Exactly one of ops and bandwidth is required.')
  const misplaced = parameters.has('ops') ? ['out'] : OPS
  if (parameters.count(misplaced) > 0) throw wrongParameters('The set of parameters is wrong.')
  if (parameters.has('bandwidth')) return { 'bandwidth:out': number(parameters, 'out') ?? 0 }
  const otherwise = number(parameters, 'default') ?? 0
  return Object.fromEntries(OPS.map((name) => [`ops:${name}`, (number(parameters, name) ?? otherwise) / 60]))
}

/** One resource at a time, operations per SECOND. */
const fromFormB = (parameters: Parameters): Limits => {
  const group = parameters.value('limit-type')
  const resource = parameters.value('limit-resource')
  const value = number(parameters, 'limit-value')
  if (!isGroup(group) || value === undefined) throw wrongParameters('The set of parameters is wrong.')
  const known: readonly string[] = GROUPS[group]
  if (resource === undefined || !known.includes(resource))
    throw wrongParameters('limit-resource does not fit limit-type.')
  return { [`${group}:${resource}`]: value }
}

const put = (world: World, parameters: Parameters, subject: string) => {
  const { limitsDialect, unknownDialect, formBResets } = world.settings
  const form = parameters.count(['limit-type', 'limit-resource', 'limit-value']) > 0 ? 'B' : 'A'
  if (limitsDialect !== 'both' && limitsDialect !== form) {
    if (unknownDialect === 'ignore') return json('')
    throw wrongParameters('The set of parameters is wrong.')
  }
  if (form === 'B' && parameters.count(['ops', 'bandwidth']) > 0)
    throw wrongParameters('The set of parameters is wrong.')
  const change = form === 'A' ? fromFormA(parameters) : fromFormB(parameters)
  const group = Object.keys(change)[0]?.split(':')[0] ?? ''
  const before = Object.entries(world.limits.get(subject) ?? {})
  const kept = form === 'B' && formBResets ? before.filter(([name]) => !name.startsWith(group)) : before
  world.limits.set(subject, { ...Object.fromEntries(kept), ...change })
  return json('')
}

const reset = (world: World, parameters: Parameters, subject: string) => {
  const groups = ['ops', 'bandwidth'].filter((group) => parameters.has(group))
  const isReset = (name: string) => groups.length === 0 || groups.some((group) => name.startsWith(group))
  const before = Object.entries(world.limits.get(subject) ?? {})
  world.limits.set(subject, Object.fromEntries(before.map(([name, value]) => [name, isReset(name) ? 0 : value])))
  return nothing(world)
}

export const limits: Operation = (world, { method, parameters }) => {
  const subject = selectSubject(world, parameters)
  if (method === 'GET') return get(world, subject)
  if (method === 'PUT') return put(world, parameters, subject)
  if (method === 'DELETE') return reset(world, parameters, subject)
  throw notAllowed(method)
}

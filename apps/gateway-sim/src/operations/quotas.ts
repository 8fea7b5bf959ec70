import { notAllowed, Refusal, wrongParameters } from '../refusal.ts'
import { json, nothing, type Operation, type World } from './operation.ts'
import type { Parameters } from './parameters.ts'
import { selectSubject } from './selectors.ts'

const UNITS = { gb: 1n, bytes: 1_000_000_000n, 'binary-bytes': 1n << 30n } as const

const subjectOf = (world: World, parameters: Parameters): string => {
  if (!parameters.has('default')) return selectSubject(world, parameters)
  const kind = parameters.value('default')
  if (parameters.count(['emailAddress', 'id', 'bucket']) > 0 || (kind !== 'user' && kind !== 'bucket')) {
    throw wrongParameters('The set of parameters is wrong.')
  }
  return `default:${kind}`
}

export const quotas: Operation = (world, { method, parameters }) => {
  const { accounting, quotaType, quotaUnit } = world.settings
  if (!accounting) throw new Refusal(400, 'AccountingNotEnabled', 'Accounting is not enabled for this volume.')
  const subject = subjectOf(world, parameters)
  const kind = subject.endsWith(':bucket') || subject.startsWith('bucket:') ? 'bucket' : 'user'
  if (method === 'GET') {
    const size = (world.quotas.get(subject) ?? world.quotas.get(`default:${kind}`) ?? 0n) * UNITS[quotaUnit]
    const type = quotaType === 'word' ? kind : kind === 'user' ? '0' : '1'
    return json(JSON.stringify({ version: '1', type, size: String(size) }))
  }
  if (method === 'PUT') {
    const size = parameters.has('quota-size') ? (parameters.value('quota-size') ?? '') : '0'
    if (!/^\d{1,18}$/.test(size)) throw wrongParameters('quota-size must be an integer.')
    world.quotas.set(subject, BigInt(size))
    return json('')
  }
  if (method !== 'DELETE') throw notAllowed(method)
  world.quotas.set(subject, 0n)
  return nothing(world)
}

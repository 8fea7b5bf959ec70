import type { Limits, LimitsChange } from '@ostor-console/shared/limits'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Gateway, GatewayLimits, LimitsTarget } from '../../adapters/gateway/gateway.ts'
import { sendAndProve, type Wait } from '../../writing/proof.ts'
import type { Subject } from '../../writing/subject.ts'
import type { Writer } from '../../writing/writer.ts'
import {
  changeBack,
  changedFields,
  differencesOf,
  type Fields,
  fieldsOf,
  type Group,
  inFields,
  inWords,
  isCurrent,
  limitsOf,
  removedFields,
  type Words,
} from './limits-view.ts'

type Parts = {
  cluster: string
  gateway: Gateway
  writer: Writer
  now: () => Date
  wait: Wait
}

/** Changes what is named and leaves the rest; it must run in turn, because it reads, compares and writes. */
export const changeLimits = async (
  parts: Parts,
  { target, label, ids }: Subject,
  change: LimitsChange,
  ifMatch: string | undefined,
): Promise<Limits> => {
  const { cluster, gateway, writer } = parts
  const current = await gateway.getLimits(target)
  const before = fieldsOf(current)
  if (!isCurrent(current, ifMatch)) throw problem('changed-meanwhile', { detail: said`Now it is ${sentence(before)}` })

  const changed = changedFields(change)
  const entry = { action: 'limits.change', cluster, target: label, before: inWords(before) } as const
  return writer.write({ ...entry, ...ids, after: inWords(changed) }, () =>
    prove(parts, target, { ...before, ...changed }, () => gateway.changeLimits(target, current, change)),
  )
}

export const removeLimits = async (parts: Parts, { target, label, ids }: Subject, group: Group): Promise<Limits> => {
  const { cluster, gateway, writer } = parts
  const before = fieldsOf(await gateway.getLimits(target))
  const expected = removedFields(before, group)
  const entry = { action: 'limits.remove', cluster, target: label, before: inWords(before) } as const
  return writer.write({ ...entry, ...ids, after: inWords(expected) }, () =>
    prove(parts, target, expected, () => gateway.removeLimits(target, group)),
  )
}

const prove = async (
  { gateway, now, wait }: Parts,
  target: LimitsTarget,
  expected: Fields,
  send: () => Promise<void>,
): Promise<Limits> => {
  const differences = (found: GatewayLimits) => differencesOf(expected, fieldsOf(found))
  const proven = await sendAndProve({
    send,
    read: () => gateway.getLimits(target),
    holds: (found) => differences(found).length === 0,
    difference: (found) => differences(found).join('; '),
    wait,
  })
  return limitsOf(proven, now())
}

/** Sets back what a change set, from `after` to `before`; it must run in turn. Throws when it is not as it was left. */
export const undoLimits = async (
  parts: Parts,
  subject: Subject,
  { before, after }: { before: Words; after: Words },
): Promise<void> => {
  const current = await parts.gateway.getLimits(subject.target)
  const found = fieldsOf(current)
  if (differencesOf(inFields(after), found).length > 0)
    throw problem('changed-meanwhile', { detail: said`Now it is ${sentence(found)}` })
  await changeLimits(parts, subject, changeBack({ before, after }), limitsOf(current, parts.now()).version)
}

const sentence = (fields: Fields): string =>
  Object.entries(inWords(fields))
    .map(([field, value]) => `${field} ${value}`)
    .join(', ')

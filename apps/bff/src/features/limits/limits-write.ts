import type { Limits, LimitsChange } from '@ostor-console/shared/limits'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { GatewayLimits, LimitsTarget } from '../../adapters/gateway/gateway.ts'
import { isCurrent, versionOf } from '../../writing/if-match.ts'
import { sendAndProve } from '../../writing/proof.ts'
import type { Subject } from '../../writing/subject.ts'
import type { WriteParts } from '../../writing/write-parts.ts'
import {
  changeBack,
  changedFields,
  differencesOf,
  type Fields,
  fieldsOf,
  type Group,
  inFields,
  inWords,
  limitsOf,
  removedFields,
  type Words,
} from './limits-view.ts'

/** Changes what is named and leaves the rest; it must run in turn, because it reads, compares and writes. */
export const changeLimits = async (
  parts: WriteParts,
  { target, label, ids }: Subject,
  change: LimitsChange,
  ifMatch: string | undefined,
): Promise<Limits> => {
  const { cluster, gateway, writer } = parts
  const current = await gateway.getLimits(target)
  const before = fieldsOf(current)
  if (!isCurrent(versionOf(before), ifMatch))
    throw problem('changed-meanwhile', { detail: said`Now it is ${sentence(before)}` })

  const changed = changedFields(change)
  const entry = { action: 'limits.change', cluster: cluster.id, target: label, before: inWords(before) } as const
  return writer.write({ ...entry, ...ids, after: inWords(changed) }, () =>
    prove(parts, target, { ...before, ...changed }, () => gateway.changeLimits(target, current, change)),
  )
}

export const removeLimits = async (
  parts: WriteParts,
  { target, label, ids }: Subject,
  group: Group,
): Promise<Limits> => {
  const { cluster, gateway, writer } = parts
  const before = fieldsOf(await gateway.getLimits(target))
  const expected = removedFields(before, group)
  const entry = { action: 'limits.remove', cluster: cluster.id, target: label, before: inWords(before) } as const
  return writer.write({ ...entry, ...ids, after: inWords(expected) }, () =>
    prove(parts, target, expected, () => gateway.removeLimits(target, group)),
  )
}

const prove = async (
  { gateway, now, wait }: WriteParts,
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
  parts: WriteParts,
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

import type { Limits, LimitsChange } from '@ostor-console/shared/limits'
import { problem } from '@ostor-console/shared/problem'
import type { FastifyRequest } from 'fastify'
import type { Gateway, GatewayLimits, LimitsTarget } from '../../adapters/gateway/gateway.ts'
import { sendAndProve, type Wait } from '../../writing/proof.ts'
import {
  changedFields,
  differencesOf,
  type Fields,
  fieldsOf,
  type Group,
  inWords,
  isCurrent,
  limitsOf,
  removedFields,
} from './limits-view.ts'

/** Whose limits: as the gateway selects it, and as the audit names it. */
export type Subject = { target: LimitsTarget; label: string; ids: { userId: string } | { bucket: string } }

type Parts = {
  cluster: string
  gateway: Gateway
  request: Pick<FastifyRequest, 'write'>
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
  const { cluster, gateway, request } = parts
  const current = await gateway.getLimits(target)
  const before = fieldsOf(current)
  if (!isCurrent(current, ifMatch)) throw problem('changed-meanwhile', { detail: `Now it is ${sentence(before)}` })

  const changed = changedFields(change)
  const entry = { action: 'limits.change', cluster, target: label, before: inWords(before) } as const
  return request.write({ ...entry, ...ids, after: inWords(changed) }, () =>
    prove(parts, target, { ...before, ...changed }, () => gateway.changeLimits(target, current, change)),
  )
}

export const removeLimits = async (parts: Parts, { target, label, ids }: Subject, group: Group): Promise<Limits> => {
  const { cluster, gateway, request } = parts
  const before = fieldsOf(await gateway.getLimits(target))
  const expected = removedFields(before, group)
  const entry = { action: 'limits.remove', cluster, target: label, before: inWords(before) } as const
  return request.write({ ...entry, ...ids, after: inWords(expected) }, () =>
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

const sentence = (fields: Fields): string =>
  Object.entries(inWords(fields))
    .map(([field, value]) => `${field} ${value}`)
    .join(', ')

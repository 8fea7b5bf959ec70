import { type ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { ApiTokens, TokenRecord } from '../../adapters/store/api-tokens.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import { isAmong } from '../../networks.ts'
import type { Bearer } from '../../plugins/bearer.ts'
import { createSeldom } from '../../plugins/seldom.ts'
import { tokenLabel } from '../../plugins/session.ts'
import { hashOf, hintOf, isWhole } from './token-text.ts'

type Ports = { tokens: Pick<ApiTokens, 'find' | 'noteUse'>; audit: Pick<Audit, 'record'>; now: () => Date }

const WINDOW_MS = 15 * 60_000
const MOST_WRONG = 20
const MINUTE = { everyMs: 60_000, most: 10_000 }
const HOUR = { everyMs: 3_600_000, most: 200 }

/**
 * Answers who asks with a token, or throws what is wrong with it. An address that sent twenty wrong ones within a quarter
 * of an hour has to wait, but for tokens that were right before.
 */
export const checkToken = ({ tokens, audit, now }: Ports) => {
  const clock = { now: () => now().getTime() }
  const limits = { max: 20_000, ttl: WINDOW_MS, noUpdateTTL: true, ttlResolution: 0, perf: clock }
  const wrong = new LRUCache<string, number>(limits)
  const right = new LRUCache<string, true>({ max: 10_000 })
  const isUseToNote = createSeldom(now, MINUTE)
  const isRefusalToNote = createSeldom(now, HOUR)
  // Whoever makes tokens up cannot use up what is for those that were stolen.
  const isStrangerToNote = createSeldom(now, HOUR)

  const countWrong = (address: string, failure: ProblemError): ProblemError => {
    wrong.set(address, (wrong.get(address) ?? 0) + 1)
    return failure
  }

  const refuse = async (
    address: string,
    actor: string,
    target: string,
    failure: ProblemError,
  ): Promise<ProblemError> => {
    const isToNote =
      actor === NOBODY ? isStrangerToNote(address) : isRefusalToNote(`${address} ${target} ${failure.problem.type}`)
    if (isToNote)
      await audit.record({
        actor,
        action: 'token.refused',
        target,
        outcome: 'refused',
        address,
        detail: failure.message,
      })
    return failure
  }

  return async ({ bearer, ip }: Pick<FastifyRequest, 'bearer' | 'ip'>): Promise<Bearer> => {
    const token = bearer ?? ''
    const id = hashOf(token)
    if ((wrong.get(ip) ?? 0) >= MOST_WRONG && !right.has(id)) {
      const retryAfterSeconds = Math.max(1, Math.ceil(wrong.getRemainingTTL(ip) / 1000))
      throw problem('too-many-attempts', { retryAfterSeconds })
    }
    if (!isWhole(token)) throw countWrong(ip, problem('token-malformed', { detail: MISTYPED }))
    const found = await tokens.find(id)
    if (!found) {
      right.delete(id)
      throw countWrong(ip, await refuse(ip, NOBODY, hintOf(token), problem('token-unknown')))
    }
    const failure = failureOf(found, ip, now())
    if (failure) throw await refuse(ip, found.owner.email, tokenLabel(found.owner.email, found.name), failure)
    right.set(id, true)
    if (isUseToNote(id)) await tokens.noteUse(id, ip)
    const { isDisabled: _, ...owner } = found.owner
    return { id, name: found.name, owner, verbs: new Set(found.verbs) }
  }
}

const NOBODY = 'nobody'
const MISTYPED = said`A token begins with ostor_ and has 55 characters; this one is cut off or mistyped.`

/** Whoever holds a token may know what became of it; from a foreign address, only that it is not taken there. */
const failureOf = ({ addresses, revokedAt, expiresAt, owner }: TokenRecord, ip: string, at: Date) => {
  if (addresses.length > 0 && !isAmong(addresses)(ip))
    return problem('token-elsewhere', { detail: said`You ask from ${ip}.` })
  if (revokedAt !== null)
    return problem('token-revoked', { detail: said`On ${revokedAt.toISOString()}. Make a new one.` })
  if (expiresAt <= at) return problem('token-expired', { detail: said`On ${expiresAt.toISOString()}. Make a new one.` })
  return owner.isDisabled ? problem('token-owner-disabled') : null
}

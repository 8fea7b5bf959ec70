import { ASPECTS, type Aspect, type KnownValue } from '@ostor-console/shared/as-of'
import { said } from '@ostor-console/shared/said'
import type { OwnOperation, Sighting } from '../../adapters/store/comparisons.ts'
import type { UserHistory } from '../../adapters/store/user-history.ts'
import { keysAfter, keysIn } from './replay.ts'

type Fields = Record<string, string>
type Source = NonNullable<KnownValue['source']>
type Known = { fields: Fields | null; source: Source | null; reason: string | null }
type Event = { at: Date } & ({ operation: OwnOperation } | { sighting: Sighting })

const NEVER: Known = { fields: null, source: null, reason: said`Nothing that the console knows tells it` }
const GONE = said`The user was deleted`
const UNDER_WAY = said`It was being changed at that time, or it is not known how that ended`
const UNCLEAR = said`It is not known what the change left`

const ACTIONS: Record<Aspect, RegExp> = {
  existence: /^user\.(create|delete)$/,
  state: /^user\./,
  keys: /^(key\.|user\.(create|delete)$)/,
  limits: /^(limits\.|user\.delete$)/,
  quota: /^(quota\.change|user\.delete)$/,
}

/** Each thing about a user at an instant, from what was done and seen up to then; what cannot be said is not guessed. */
export const valuesAsOf = (history: UserHistory, at: Date): Record<Aspect, KnownValue> => {
  const events: Event[] = [
    ...history.operations.map((operation) => ({ at: operation.knownAt, operation })),
    ...history.sightings.map((sighting) => ({ at: sighting.seenAt, sighting })),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const entries = ASPECTS.map((aspect) => [aspect, valueAsOf(aspect, events, at, history.settledAt)] as const)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Every aspect is there once.
  return Object.fromEntries(entries) as Record<Aspect, KnownValue>
}

const valueAsOf = (aspect: Aspect, events: readonly Event[], at: Date, settledAt: Date | null): KnownValue => {
  const past = events.filter((event) => event.at <= at)
  const known = past.reduce((now, event) => after(aspect, now, event), NEVER)
  const doubt = known.fields === null ? null : doubtOf(aspect, known, events.slice(past.length), at)
  if (doubt !== null) return { fields: null, source: null, confirmedAt: null, reason: doubt }
  const lastSeen = past.flatMap((event) => ('sighting' in event ? event.sighting : [])).at(-1)
  const isCompared = known.fields !== null && lastSeen !== undefined && seenFields(aspect, lastSeen) !== null
  const isLater = settledAt !== null && known.source !== null && settledAt.toISOString() > known.source.at
  return { ...known, confirmedAt: isCompared && isLater ? settledAt.toISOString() : null }
}

/** What came to light later of that very instant. */
const doubtOf = (aspect: Aspect, known: Known, later: readonly Event[], at: Date): string | null => {
  let now = known
  for (const event of later) {
    if ('operation' in event) {
      if (event.operation.begunAt <= at && touches(aspect, event.operation)) return UNDER_WAY
    } else {
      const seen = seenFields(aspect, event.sighting)
      if (seen === null) continue
      const { wasSoAt, seenAt } = event.sighting
      if (isSame(seen, now.fields) || wasSoAt === null || wasSoAt >= at) return null
      return said`It was changed outside the console between ${wasSoAt.toISOString()} and ${seenAt.toISOString()}`
    }
    now = after(aspect, now, event)
  }
  return null
}

const touches = (aspect: Aspect, { action, outcome }: OwnOperation): boolean =>
  ACTIONS[aspect].test(action) && outcome !== 'refused' && outcome !== 'not-done'

const after = (aspect: Aspect, now: Known, event: Event): Known => {
  if ('sighting' in event) return afterSighting(aspect, now, event.sighting)
  const { operation } = event
  if (!touches(aspect, operation)) return now
  const { knownAt, actor, operationId } = operation
  const source: Source = { kind: 'operation', at: knownAt.toISOString(), actor, operationId }
  if (operation.outcome !== 'done') return { fields: null, source, reason: UNDER_WAY }
  if (operation.action === 'user.delete' && aspect !== 'existence') return { fields: null, source, reason: GONE }
  const fields = fieldsAfter(aspect, now.fields, operation)
  return { fields, source, reason: fields === null ? UNCLEAR : null }
}

const afterSighting = (aspect: Aspect, now: Known, sighting: Sighting): Known => {
  const source: Source = { kind: 'comparison', at: sighting.seenAt.toISOString(), actor: null, operationId: null }
  if (!sighting.isThere && aspect !== 'existence') return { fields: null, source, reason: GONE }
  const seen = seenFields(aspect, sighting)
  return seen === null || isSame(seen, now.fields) ? now : { fields: seen, source, reason: null }
}

const NO_KEYS = 'none'
const asKeys = (keyIds: readonly string[] | null): Fields | null =>
  keyIds && { keyIds: keyIds.length === 0 ? NO_KEYS : keyIds.join(', ') }

/** What an operation that is known to be done left. */
const fieldsAfter = (aspect: Aspect, was: Fields | null, operation: OwnOperation): Fields | null => {
  const { action, before, after: left, target } = operation
  if (aspect === 'existence')
    return action === 'user.delete' ? { user: 'deleted' } : { user: 'there', email: left?.['email'] ?? target }
  if (aspect === 'state') {
    if (left?.['state'] !== undefined) return { state: left['state'] }
    // How a new user stands is known once they were seen.
    return action === 'user.create' ? null : was
  }
  if (aspect === 'keys') {
    const known = was?.['keyIds']
    return asKeys(keysAfter(known === undefined ? null : keysIn(known === NO_KEYS ? '' : known), operation))
  }
  return left && { ...before, ...left }
}

const seenFields = (aspect: Aspect, { isThere, email, state, keyIds }: Sighting): Fields | null => {
  if (aspect === 'existence') return isThere ? { user: 'there', email } : { user: 'deleted' }
  if (!isThere) return null
  if (aspect === 'state') return state === 'unknown' ? null : { state }
  return aspect === 'keys' ? asKeys(keyIds?.toSorted() ?? null) : null
}

const isSame = (one: Fields, other: Fields | null): boolean =>
  other !== null && Object.keys(one).every((name) => normal(one[name]) === normal(other[name]))

const normal = (text: string | undefined): string => (text ?? '').split(', ').toSorted().join(', ')

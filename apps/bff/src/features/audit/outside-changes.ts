import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { said } from '@ostor-console/shared/said'
import type { ListedUser } from '../../adapters/gateway/gateway.ts'
import type { OutsideChange } from '../../adapters/store/audit-outside.ts'
import type { Comparison, Found, OwnOperation, Sighting, Standing } from '../../adapters/store/comparisons.ts'
import { standingAfter } from './replay.ts'

type Asked = {
  /** The comparison before; `null` at the first one, which only writes down how things are. */
  last: Comparison | null
  known: ReadonlyMap<string, Sighting>
  listed: readonly ListedUser[]
  operations: readonly OwnOperation[]
  /** When the list was asked for, and the last row of the audit at that time. */
  comparedAt: Date
  auditSeq: bigint
}

export type Compared = { found: Found[]; skipped: number }

/** A gateway may still work on a request, or show an older state, so long after it was answered. */
const SETTLES_MS = 60_000
/** An operation that is open for longer waits for nobody; what it may have done counts as done by us. */
export const OPEN_MS = 24 * 3_600_000

/** What the list shows of each user, beside what was known of them and what the console itself did since. */
export const compare = ({ last, known, listed, operations, comparedAt, auditSeq }: Asked): Compared => {
  const now = new Map(listed.map((user) => [user.id, user]))
  const own = Map.groupBy(operations, ({ userId }) => userId?.toLowerCase() ?? null)
  const isBusy = busyAt(operations, comparedAt, auditSeq)
  const found: Found[] = []
  let skipped = 0
  const ours = operations.flatMap(({ userId }) => (userId === null || last === null ? [] : [userId]))
  for (const userId of new Set([...known.keys(), ...now.keys(), ...ours])) {
    const before = known.get(userId) ?? null
    const user = now.get(userId)
    // One that we made may be gone before any list showed them.
    if (!user && !before?.isThere && !own.has(userId.toLowerCase())) continue
    if (last !== null && isBusy(userId, user?.email ?? before?.email ?? '')) {
      skipped += 1
      continue
    }
    const seen = standingOf(user, before)
    const expected = last === null ? null : expectedOf(before, own.get(userId.toLowerCase()) ?? [])
    const difference = expected === null ? null : differenceOf(expected.standing, seen)
    if (difference === null && before !== null && isSame(before, seen)) continue
    const wasSoAt = last && (before && before.seenAt > last.settledAt ? before.seenAt : last.settledAt)
    const sighting = { ...seen, userId, seenAt: comparedAt, wasSoAt, auditSeq }
    const change = difference && { ...difference, userId, target: seen.email || userId, detail: sentence(sighting) }
    found.push({ sighting, change })
  }
  return { found, skipped }
}

/** Whether something is being done to a user, or was a moment ago, so that the list may show either. */
const busyAt = (operations: readonly OwnOperation[], comparedAt: Date, auditSeq: bigint) => {
  const ids = new Set<string>()
  const emails = new Set<string>()
  for (const { userId, action, target, outcome, isUndecided, begunAt, knownAt, lastSeq } of operations) {
    const age = comparedAt.getTime() - begunAt.getTime()
    const isOpen = (outcome === 'started' || outcome === 'unknown') && age < OPEN_MS && !isUndecided
    if (!isOpen && lastSeq <= auditSeq && comparedAt.getTime() - knownAt.getTime() > SETTLES_MS) continue
    if (userId !== null) ids.add(userId.toLowerCase())
    else if (action === 'user.create') emails.add(target.toLowerCase())
  }
  return (userId: string, email: string): boolean => ids.has(userId.toLowerCase()) || emails.has(email.toLowerCase())
}

const standingOf = (user: ListedUser | undefined, before: Sighting | null): Standing =>
  user
    ? { isThere: true, email: user.email, state: user.state, keyIds: user.keyIds }
    : { isThere: false, email: before?.email ?? '', state: before?.state ?? 'unknown', keyIds: before?.keyIds ?? null }

/** `null` when nobody can say what to expect, because it is not known how an operation ended. */
const expectedOf = (before: Sighting | null, own: readonly OwnOperation[]): { standing: Standing | null } | null => {
  let standing: Standing | null = before
  for (const operation of own) {
    if (before && operation.lastSeq <= before.auditSeq) continue
    if (operation.outcome === 'refused' || operation.outcome === 'not-done') continue
    if (operation.outcome !== 'done') return null
    standing = standingAfter(standing, operation)
  }
  return { standing }
}

const fieldsOf = ({ email, state, keyIds }: Standing) => ({
  email,
  state,
  ...(keyIds && { keyIds: keyIds.join(', ') }),
})

const differenceOf = (
  expected: Standing | null,
  seen: Standing,
): Pick<OutsideChange, 'action' | 'before' | 'after'> | null => {
  if (!expected?.isThere && !seen.isThere) return null
  if (!expected?.isThere) return { action: 'user.created-outside', before: null, after: fieldsOf(seen) }
  if (!seen.isThere) return { action: 'user.deleted-outside', before: fieldsOf(expected), after: null }
  const before: AuditFields = {}
  const after: AuditFields = {}
  if (expected.state !== 'unknown' && seen.state !== 'unknown' && expected.state !== seen.state) {
    before['state'] = expected.state
    after['state'] = seen.state
  }
  if (expected.keyIds && seen.keyIds && !isSameSet(expected.keyIds, seen.keyIds)) {
    before['keyIds'] = expected.keyIds.join(', ')
    after['keyIds'] = seen.keyIds.join(', ')
  }
  return Object.keys(after).length === 0 ? null : { action: 'user.changed-outside', before, after }
}

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id))

const isSame = (one: Standing, other: Standing): boolean =>
  one.isThere === other.isThere &&
  one.email === other.email &&
  one.state === other.state &&
  (one.keyIds === null || other.keyIds === null ? one.keyIds === other.keyIds : isSameSet(one.keyIds, other.keyIds))

const sentence = ({ wasSoAt, seenAt }: Sighting): string =>
  [
    said`Found by comparing with the gateway.`,
    wasSoAt === null
      ? said`It happened between the beginning and ${seenAt.toISOString()}`
      : said`It happened between ${wasSoAt.toISOString()} and ${seenAt.toISOString()}`,
  ].join(' ')

import type { OwnOperation, Standing } from '../../adapters/store/comparisons.ts'

const SEPARATOR = ', '
const BY_ACCOUNT = ['account', 'accountName']

export const keysIn = (text: string): string[] => text.split(SEPARATOR).filter((id) => id !== '')

type Done = Pick<OwnOperation, 'action' | 'target' | 'before' | 'after'>

/** Which keys a user has after an operation that is known to be done; `null` when that cannot be said. */
export const keysAfter = (keyIds: readonly string[] | null, operation: Done): readonly string[] | null => {
  const { action, target, before, after } = operation
  // Keys of an account are none of the user's own.
  if (BY_ACCOUNT.some((name) => name in (before ?? {}) || name in (after ?? {}))) return keyIds
  const all = after?.['keyIds']
  const made = after?.['keyId']
  if (action === 'user.create') return all !== undefined || made !== undefined ? keysIn(all ?? made ?? '') : null
  if (!action.startsWith('key.')) return keyIds
  if (all !== undefined) return keysIn(all)
  if (made !== undefined) {
    const known = before?.['keyIds'] === undefined ? keyIds : keysIn(before['keyIds'])
    return known && [...new Set([...known, made])].toSorted()
  }
  return action === 'key.revoke' && keyIds ? keyIds.filter((id) => id !== target) : null
}

/** How a user stands after an operation that is known to be done. */
export const standingAfter = (standing: Standing | null, operation: Done): Standing => {
  const { action, target, after } = operation
  const was = standing ?? { isThere: false, email: target, state: 'unknown', keyIds: null }
  const keyIds = keysAfter(was.keyIds, operation)
  if (action === 'user.delete') return { ...was, isThere: false }
  if (action === 'user.create') return { isThere: true, email: after?.['email'] ?? target, state: 'unknown', keyIds }
  const state = after?.['state']
  return { ...was, keyIds, state: state === 'enabled' || state === 'disabled' ? state : was.state }
}

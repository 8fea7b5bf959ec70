import { ProblemError } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Gateway } from '../../adapters/gateway/gateway.ts'
import { type Judge, orphanVerdict } from '../../writing/verdict.ts'

/** No reading tells who made a key: only one new key that no other operation made can be that of this one. */
export const newKeyVerdict: Judge = async ({ gateway, keysMade }, { userId, before, operationId }) => {
  const found = await keysOf(gateway, userId)
  if (found === null) return { is: 'undecided', detail: said`The user is no longer there` }
  const known = new Set([...listed(before?.['keyIds']), ...(await keysMade(userId ?? '', operationId))])
  return orphanVerdict(found.filter((id) => !known.has(id)))
}

export const revocationVerdict: Judge = async ({ gateway }, { userId, target }) =>
  (await keysOf(gateway, userId))?.includes(target) ? { is: 'not-done' } : { is: 'done' }

const listed = (ids: string | undefined): string[] => (ids ? ids.split(', ') : [])

/** `null` when the user is gone. */
const keysOf = async (gateway: Gateway, userId: string | null): Promise<string[] | null> => {
  try {
    return (await gateway.getUser(userId ?? '')).keyIds
  } catch (error) {
    if (error instanceof ProblemError && error.is('user-not-found')) return null
    throw error
  }
}

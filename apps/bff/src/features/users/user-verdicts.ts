import { ProblemError } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import { type Judge, undecidedWhenGone, type Verdict } from '../../writing/verdict.ts'

const UNSEEN_KEY = said`The user is there. Nobody saw the secret of the first key: revoke it and generate another.`

export const creationVerdict: Judge = async ({ gateway }, { target, after: wanted }) => {
  const found = await gateway.findUserByEmail(target)
  if (!found) return { is: 'not-done' }
  const { id, keyIds } = found
  const after = { ...wanted, email: target, userId: id, ...(keyIds.length > 0 && { keyIds: keyIds.join(', ') }) }
  return { is: 'done', userId: id, after, ...(keyIds.length > 0 && { detail: UNSEEN_KEY }) }
}

export const deletionVerdict: Judge = ({ gateway }, { userId }) =>
  gateway.getUser(userId ?? '').then((): Verdict => ({ is: 'not-done' }), doneWhenGone)

export const stateVerdict: Judge = ({ gateway }, { userId, before, after }) =>
  gateway.getUser(userId ?? '').then(({ state }): Verdict => {
    if (state === after?.['state']) return { is: 'done' }
    if (state === before?.['state']) return { is: 'not-done' }
    return { is: 'undecided', detail: IS[state] }
  }, undecidedWhenGone(said`The user is no longer there`))

const IS = {
  enabled: said`The user is enabled`,
  disabled: said`The user is disabled`,
  unknown: said`The user is neither enabled nor disabled`,
}

const doneWhenGone = (error: unknown): Verdict => {
  if (error instanceof ProblemError && error.is('user-not-found')) return { is: 'done' }
  throw error
}

import { ProblemError } from '@ostor-console/shared/problem'
import type { Account } from '@ostor-console/shared/users'
import type { Judge, Verdict } from '../../writing/verdict.ts'
import { accountOf } from './account.ts'

const GONE: Verdict = { is: 'undecided', detail: 'The user is no longer there' }

/** Reads the account that a write was about; `null` where there is none. */
const judging =
  (
    name: (write: Parameters<Judge>[1]) => string,
    judge: (account: Account | null, write: Parameters<Judge>[1]) => Verdict,
  ): Judge =>
  ({ gateway }, write) =>
    gateway.getUser(write.userId ?? '').then(
      (user) => judge(accountOf(user, name(write)), write),
      (error: unknown) => {
        if (error instanceof ProblemError && error.is('user-not-found')) return GONE
        throw error
      },
    )

const byTarget = ({ target }: { target: string }): string => target
const byField = ({ before }: { before: Record<string, string> | null }): string => before?.['account'] ?? ''

export const accountCreationVerdict = judging(byTarget, (account, { target }) => {
  if (!account) return { is: 'not-done' }
  const keyIds = account.keyIds.join(', ')
  if (keyIds === '') return { is: 'done', after: { account: target } }
  const detail = 'The account is there. Nobody saw the secret of its first key: revoke it and generate another.'
  return { is: 'done', after: { account: target, keyIds }, detail }
})

export const accountDeletionVerdict = judging(byTarget, (account) => ({ is: account ? 'not-done' : 'done' }))

/** Which key of an account is ours no reading tells for sure: it is named, and left to an admin. */
export const newAccountKeyVerdict = judging(byTarget, (account, { before }) => {
  const known = before?.['keyIds']?.split(', ') ?? []
  const fresh = account?.keyIds.filter((id) => !known.includes(id)) ?? []
  if (fresh.length === 0) return { is: 'not-done' }
  const detail = `Of the account, ${fresh.join(', ')} is new, and nobody saw its secret unless somebody else made it: revoke it`
  return { is: 'undecided', detail }
})

export const accountRevocationVerdict = judging(byField, (account, { target }) => ({
  is: account?.keyIds.includes(target) ? 'not-done' : 'done',
}))

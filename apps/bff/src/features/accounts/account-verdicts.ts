import { said } from '@ostor-console/shared/said'
import type { Account } from '@ostor-console/shared/users'
import { type At, type Judge, orphanVerdict, undecidedWhenGone, type Verdict } from '../../writing/verdict.ts'
import { accountOf } from './account.ts'

const UNTOLD: Verdict = { is: 'undecided', detail: said`The gateway tells of no accounts any more` }

/** Reads the account that a write was about; `null` where there is none. */
const judging =
  (
    name: (write: Parameters<Judge>[1]) => string,
    judge: (account: Account | null, write: Parameters<Judge>[1], at: At) => Verdict | Promise<Verdict>,
  ): Judge =>
  (at, write) =>
    at.gateway
      .getUser(write.userId ?? '')
      .then(
        (user) => (user.accounts === null ? UNTOLD : judge(accountOf(user, name(write)), write, at)),
        undecidedWhenGone(said`The user is no longer there`),
      )

const byTarget = ({ target }: { target: string }): string => target
const byField = ({ before }: { before: Record<string, string> | null }): string => before?.['account'] ?? ''

export const accountCreationVerdict = judging(byTarget, (account, { target }) => {
  if (!account) return { is: 'not-done' }
  const keyIds = account.keyIds.join(', ')
  if (keyIds === '') return { is: 'done', after: { account: target } }
  const detail = said`The account is there. Nobody saw the secret of its first key: revoke it and generate another.`
  return { is: 'done', after: { account: target, keyIds }, detail }
})

export const accountDeletionVerdict = judging(byTarget, (account) => ({ is: account ? 'not-done' : 'done' }))

/** As of the keys of a user: only one new key that no other operation made can be that of this one. */
export const newAccountKeyVerdict = judging(
  byTarget,
  async (account, { before, userId, operationId }, { keysMade }) => {
    const others = await keysMade(userId ?? '', operationId)
    const known = new Set([...(before?.['keyIds']?.split(', ') ?? []), ...others])
    const fresh = account?.keyIds.filter((id) => !known.has(id)) ?? []
    return orphanVerdict(fresh)
  },
)

export const accountRevocationVerdict = judging(byField, (account, { target }) => ({
  is: account?.keyIds.includes(target) ? 'not-done' : 'done',
}))

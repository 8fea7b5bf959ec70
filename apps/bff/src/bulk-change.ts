import type { BulkChange } from '@ostor-console/shared/bulk'
import { confirmationOf } from '@ostor-console/shared/confirmation'
import type { ClusterParts } from './clusters.ts'
import { changedFields, differencesOf, fieldsOf } from './features/limits/limits-view.ts'
import { changeLimits } from './features/limits/limits-write.ts'
import { changeQuota, quotaOf } from './features/quotas/quota-write.ts'
import { removeUser, setUserState } from './features/users/change-user.ts'
import { createUser } from './features/users/create-user.ts'
import { userNow } from './writing/subject.ts'
import { emailTurn, userTurn } from './writing/turns.ts'
import type { WriteParts } from './writing/write-parts.ts'

type Target = { userId: string | null; email: string }
type Tools = Pick<WriteParts, 'writer' | 'now' | 'wait'>

/** Of a created user: the first key with its secret, where the answer showed it. */
type Made = { userId: string; key: { id: string; secret: string } | null }

/** Brings one user to what is wanted, as the page of the user does. Whoever is so already is not written to. */
export const changeOne = async (
  parts: ClusterParts,
  change: BulkChange,
  { userId: id, email }: Target,
  tools: Tools,
): Promise<Made> => {
  const userId = id ?? ''
  const { writer, wait } = tools
  switch (change.action) {
    case 'create': {
      const { user, key } = await createUser(parts, email, writer)
      return { userId: user.id, key }
    }
    case 'enable':
      await setUserState(parts, userId, 'enabled', writer, wait)
      break
    case 'disable':
      await setUserState(parts, userId, 'disabled', writer, wait)
      break
    case 'delete':
      await removeUser(parts, userId, confirmationOf({ id: userId, email }), writer, wait)
      break
    case 'set-limits':
      await setLimits(parts, userId, change, tools)
      break
    case 'set-quota':
      await setQuota(parts, userId, change, tools)
      break
  }
  return { userId, key: null }
}

/** What else is done to the same user waits meanwhile. */
export const turnOfOne = ({ cluster }: ClusterParts, { userId, email }: Target): string =>
  userId === null ? emailTurn(cluster, email) : userTurn(cluster, userId)

type Of<A extends BulkChange['action']> = Extract<BulkChange, { action: A }>

const setLimits = async (parts: ClusterParts, userId: string, { limits }: Of<'set-limits'>, tools: Tools) => {
  const subject = await userNow(parts, userId)
  const found = fieldsOf(await parts.gateway.getLimits(subject.target))
  if (differencesOf(changedFields(limits), found).length === 0) return
  await changeLimits({ ...parts, ...tools }, subject, limits, undefined)
}

const setQuota = async (parts: ClusterParts, userId: string, { size }: Of<'set-quota'>, tools: Tools) => {
  const subject = await userNow(parts, userId)
  const found = quotaOf(await parts.gateway.getQuota(subject.target), tools.now())
  if (found.size === size) return
  await changeQuota({ ...parts, ...tools }, subject, size, undefined)
}

import { confirmationOf } from '@ostor-console/shared/confirmation'
import { ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { GatewayUser, GatewayUserDetail } from '../../adapters/gateway/gateway.ts'
import type { ClusterParts } from '../../clusters.ts'
import { addressedUser } from '../../writing/addressing.ts'
import { sendAndProve, type Wait } from '../../writing/proof.ts'
import type { Writer } from '../../writing/writer.ts'
import { isProtected } from './user-list.ts'

type Wanted = 'enabled' | 'disabled'

/** Enables or disables a user; one who is in that state already is left alone. */
export const setUserState = async (
  parts: ClusterParts,
  userId: string,
  state: Wanted,
  writer: Writer,
  wait: Wait,
): Promise<GatewayUserDetail> => {
  const { cluster, gateway, directory } = parts
  refuseProtected(await gateway.getUser(userId), parts)
  const user = await addressedUser(parts, userId)
  if (user.state === state) return user

  const action = state === 'enabled' ? 'user.enable' : 'user.disable'
  const entry = {
    action,
    cluster: cluster.id,
    target: user.email,
    userId,
    before: { state: user.state },
    after: { state },
  } as const
  const changed = await writer.write(entry, () =>
    sendAndProve({
      send: () => gateway.setUserState(user.email, state),
      read: () => gateway.getUser(userId),
      holds: (found) => found.state === state,
      difference: ({ state: still }) => IS_STILL[still],
      wait,
    }),
  )
  directory.putUser(changed)
  return changed
}

/** The user, who may be deleted. Throws the reason why not. */
export const removable = async (
  parts: ClusterParts,
  userId: string,
  confirmation: string,
): Promise<GatewayUserDetail> => {
  const user = await parts.gateway.getUser(userId)
  refuseProtected(user, parts)
  if (confirmation !== confirmationOf(user)) throw problem('confirmation-wrong')
  await refuseOwner(parts, userId)
  return user
}

/** Deletes a user who owns no buckets. `confirmation` is the e-mail, or the id where that cannot be typed. */
export const removeUser = async (
  parts: ClusterParts,
  userId: string,
  confirmation: string,
  writer: Writer,
  wait: Wait,
): Promise<void> => {
  const { cluster, gateway, directory } = parts
  const user = await removable(parts, userId, confirmation)
  const before = { email: user.email, state: user.state, keyIds: user.keyIds.join(', ') }
  const entry = { action: 'user.delete', cluster: cluster.id, target: user.email || userId, userId, before } as const
  await writer.write(entry, () =>
    sendAndProve({
      send: () => gateway.deleteUser(userId).catch((error: unknown) => explain(parts, userId, error)),
      read: () => gateway.getUser(userId).then(() => 'listed', absent),
      holds: (found) => found === 'gone',
      difference: () => said`The user is listed still`,
      wait,
    }),
  )
  directory.dropUser(userId)
}

const refuseProtected = (user: GatewayUser, { ownUserId }: ClusterParts): void => {
  if (isProtected(user, ownUserId)) throw problem('system-user-protected')
}

const refuseOwner = async ({ gateway }: ClusterParts, userId: string): Promise<void> => {
  const buckets = (await gateway.bucketsOf(userId)).map(({ name }) => name).toSorted()
  if (buckets.length === 0) return
  const detail = buckets.length === 1 ? said`This user owns 1 bucket` : said`This user owns ${buckets.length} buckets`
  throw problem('user-has-buckets', { detail, buckets: buckets.slice(0, 100) })
}

/** Which refusal it was is not documented, so the buckets are asked once more. */
const explain = async (parts: ClusterParts, userId: string, error: unknown): Promise<never> => {
  if (error instanceof ProblemError && error.is('gateway-refused')) await refuseOwner(parts, userId)
  throw error
}

const absent = (error: unknown): 'gone' => {
  if (error instanceof ProblemError && error.is('user-not-found')) return 'gone'
  throw error
}

const IS_STILL = {
  enabled: said`The user is enabled still`,
  disabled: said`The user is disabled still`,
  unknown: said`The user is neither enabled nor disabled still`,
}

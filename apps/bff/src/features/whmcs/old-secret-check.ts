import { ProblemError } from '@ostor-console/shared/problem'
import type { GatewayUserDetail } from '../../adapters/gateway/gateway.ts'
import type { ClusterParts } from '../../clusters.ts'

type Parts = Pick<ClusterParts, 'cluster' | 'gateway'>
/** `isValid` is `null` when that could not be read; `cluster` when none has the user. */
export type KeyStanding = { cluster: string | null; isValid: boolean | null }

/** Whether a key of long ago still opens the storage, asked of every cluster at this moment. One of a disabled user does, once they are enabled. */
export const standingOfKey = async (
  clusters: readonly Parts[],
  { userId, keyId }: { userId: string; keyId: string },
): Promise<KeyStanding> => {
  // A key id begins with that of its user; the note may name somebody else.
  const userIds = [...new Set([userId, keyId.slice(0, 16)])]
  const asked = await Promise.all(
    clusters.flatMap(({ cluster, gateway }) =>
      userIds.map(async (id) => ({ id: cluster.id, user: await userAt(gateway, id) })),
    ),
  )
  const holder = asked.find(({ user }) => user !== 'unread' && user !== null && keysOf(user).includes(keyId))
  if (holder) return { cluster: holder.id, isValid: true }
  const owner = asked.find(({ user }) => user !== 'unread' && user !== null)
  const isUnread = asked.some(({ user }) => user === 'unread')
  return { cluster: owner?.id ?? null, isValid: isUnread ? null : false }
}

const userAt = async (gateway: Parts['gateway'], userId: string): Promise<GatewayUserDetail | null | 'unread'> => {
  try {
    return await gateway.getUser(userId)
  } catch (error) {
    if (error instanceof ProblemError && error.is('user-not-found')) return null
    return 'unread'
  }
}

const keysOf = ({ keyIds, accounts }: GatewayUserDetail): string[] => [
  ...keyIds,
  ...(accounts ?? []).flatMap((account) => account.keyIds),
]

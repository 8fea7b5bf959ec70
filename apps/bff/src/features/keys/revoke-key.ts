import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { GatewayUserDetail } from '../../adapters/gateway/gateway.ts'
import type { UnseenWrites } from '../../adapters/store/audit-unseen.ts'
import type { ClusterParts } from '../../clusters.ts'
import { addressedUser } from '../../writing/addressing.ts'
import { revokeAndSee } from '../../writing/keys.ts'
import type { Wait } from '../../writing/proof.ts'
import type { Writer } from '../../writing/writer.ts'

type Ports = { writer: Writer; unseen: Pick<UnseenWrites, 'count'>; wait: Wait }
type Wanted = { userId: string; keyId: string; acceptLastKey: boolean }

/** The user, whose key may be revoked. Throws the reason why it may not. */
export const revocable = async (
  { cluster, gateway, directory }: ClusterParts,
  { userId, keyId, acceptLastKey }: Wanted,
): Promise<GatewayUserDetail> => {
  if (keyId === cluster.accessKeyId) {
    throw problem('system-user-protected', { detail: said`The console itself signs with this key` })
  }
  const user = await addressedUser({ gateway, directory }, userId)
  if (!user.keyIds.includes(keyId)) throw problem('key-not-found')
  if (user.keyIds.length === 1 && !acceptLastKey) throw problem('last-key')
  return user
}

/** What is listed may be about to go, or nobody may have its secret: then no other key is known to be left. */
const refuseUnsettled = async (
  unseen: Ports['unseen'],
  cluster: string,
  { userId, keyId, acceptLastKey }: Wanted,
): Promise<void> => {
  if (acceptLastKey) return
  const open = (action: 'key.create' | 'key.revoke', target?: string) =>
    unseen.count(cluster, { action, userId, ...(target !== undefined && { target }) })
  // That this very key may be going already says nothing about the others.
  const isUnsettled = (await open('key.create')) > 0 || (await open('key.revoke')) > (await open('key.revoke', keyId))
  if (isUnsettled) throw problem('being-checked', { detail: LOST_BEFORE })
}

const LOST_BEFORE = said`The answer to an earlier change of the keys of this user was lost; within a few minutes it is known which keys are left`

/** Revokes one key of a user; it must run in turn, so that two of them never leave a user without a key unasked. */
export const revokeKey = async (
  parts: ClusterParts,
  wanted: Wanted,
  { writer, unseen, wait }: Ports,
): Promise<void> => {
  const { cluster, gateway } = parts
  const { keyId } = wanted
  const { id: userId, email, keyIds } = await revocable(parts, wanted)
  await refuseUnsettled(unseen, cluster.id, { ...wanted, userId })
  const entry = {
    action: 'key.revoke',
    cluster: cluster.id,
    target: keyId,
    userId,
    before: { keyIds: keyIds.join(', ') },
    after: { keyIds: keyIds.filter((id) => id !== keyId).join(', ') },
  } as const
  await writer.write(entry, () =>
    revokeAndSee({ gateway, wait }, { userId, keyId }, () => gateway.revokeKey(email, keyId)),
  )
}

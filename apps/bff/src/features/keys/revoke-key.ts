import { problem } from '@ostor-console/shared/problem'
import type { GatewayUserDetail } from '../../adapters/gateway/gateway.ts'
import type { ClusterParts } from '../../clusters.ts'
import { addressedUser } from '../../writing/addressing.ts'
import { sendAndProve, type Wait } from '../../writing/proof.ts'
import type { Writer } from '../../writing/writer.ts'

type Wanted = { userId: string; keyId: string; acceptLastKey: boolean }

/** The user, whose key may be revoked. Throws the reason why it may not. */
export const revocable = async (
  { cluster, gateway, directory }: ClusterParts,
  { userId, keyId, acceptLastKey }: Wanted,
): Promise<GatewayUserDetail> => {
  if (keyId === cluster.accessKeyId) {
    throw problem('system-user-protected', { detail: 'The console itself signs with this key' })
  }
  const user = await addressedUser({ gateway, directory }, userId)
  if (!user.keyIds.includes(keyId)) throw problem('key-not-found')
  if (user.keyIds.length === 1 && !acceptLastKey) throw problem('last-key')
  return user
}

/** Revokes one key of a user; it must run in turn, so that two of them never leave a user without a key unasked. */
export const revokeKey = async (parts: ClusterParts, wanted: Wanted, writer: Writer, wait: Wait): Promise<void> => {
  const { cluster, gateway } = parts
  const { userId, keyId } = wanted
  const { email, keyIds } = await revocable(parts, wanted)
  const entry = {
    action: 'key.revoke',
    cluster: cluster.id,
    target: keyId,
    userId,
    before: { keyIds: keyIds.join(', ') },
    after: { keyIds: keyIds.filter((id) => id !== keyId).join(', ') },
  } as const
  await writer.write(entry, () =>
    sendAndProve({
      send: () => gateway.revokeKey(email, keyId),
      read: () => gateway.getUser(userId),
      holds: (found) => !found.keyIds.includes(keyId),
      difference: () => `The gateway still lists the key ${keyId}`,
      wait,
    }),
  )
}

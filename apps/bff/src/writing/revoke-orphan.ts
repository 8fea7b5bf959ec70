import { ProblemError } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { GatewayUserDetail } from '../adapters/gateway/gateway.ts'
import type { ClusterParts } from '../clusters.ts'
import { addressedUser } from './addressing.ts'
import { sendAndProve, type Wait } from './proof.ts'

type Parts = Pick<ClusterParts, 'gateway' | 'directory'> & { wait: Wait }

/** Of a user, or of one of their accounts. */
type Orphan = { userId: string; keyId: string; account?: string | undefined }

/** Revokes a key whose secret nobody has, the last one too, and answers once the gateway no longer lists it. */
export const revokeOrphan = async (
  { gateway, directory, wait }: Parts,
  { userId, keyId, account }: Orphan,
): Promise<void> => {
  const { email } = await addressedUser({ gateway, directory }, userId)
  await sendAndProve({
    send: () => gateway.revokeKey(email, keyId, account).catch(goneAlready),
    read: () => gateway.getUser(userId),
    holds: (found) => !keysIn(found, account).includes(keyId),
    difference: () => said`The gateway still lists the key ${keyId}`,
    wait,
  })
}

const keysIn = ({ keyIds, accounts }: GatewayUserDetail, account: string | undefined): readonly string[] =>
  account === undefined ? keyIds : (accounts?.find(({ name }) => name === account)?.keyIds ?? [])

const goneAlready = (error: unknown): void => {
  if (error instanceof ProblemError && error.is('key-not-found')) return
  throw error
}

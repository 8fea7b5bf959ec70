import { ProblemError } from '@ostor-console/shared/problem'
import type { ClusterParts } from '../../clusters.ts'
import { addressedUser } from '../../writing/addressing.ts'
import { sendAndProve, type Wait } from '../../writing/proof.ts'

type Parts = Pick<ClusterParts, 'gateway' | 'directory'> & { wait: Wait }

/** Revokes a key whose secret nobody has, the last one too, and answers once the gateway no longer lists it. */
export const revokeOrphan = async (
  { gateway, directory, wait }: Parts,
  userId: string,
  keyId: string,
): Promise<void> => {
  const { email } = await addressedUser({ gateway, directory }, userId)
  await sendAndProve({
    send: () => gateway.revokeKey(email, keyId).catch(goneAlready),
    read: () => gateway.getUser(userId),
    holds: ({ keyIds }) => !keyIds.includes(keyId),
    difference: () => `The gateway still lists the key ${keyId}`,
    wait,
  })
}

const goneAlready = (error: unknown): void => {
  if (error instanceof ProblemError && error.is('key-not-found')) return
  throw error
}

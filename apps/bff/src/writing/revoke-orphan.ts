import { ProblemError } from '@ostor-console/shared/problem'
import type { ClusterParts } from '../clusters.ts'
import { addressedUser } from './addressing.ts'
import { revokeAndSee } from './keys.ts'
import type { Wait } from './proof.ts'

type Parts = Pick<ClusterParts, 'gateway' | 'directory'> & { wait: Wait }

/** Of a user, or of one of their accounts. */
type Orphan = { userId: string; keyId: string; account?: string | undefined }

/** Revokes a key whose secret nobody has, the last one too, and answers once the gateway no longer lists it. */
export const revokeOrphan = async (
  { gateway, directory, wait }: Parts,
  { userId, keyId, account }: Orphan,
): Promise<void> => {
  const { email } = await addressedUser({ gateway, directory }, userId)
  await revokeAndSee({ gateway, wait }, { userId, account, keyId }, () =>
    gateway.revokeKey(email, keyId, account).catch(goneAlready),
  )
}

const goneAlready = (error: unknown): void => {
  if (error instanceof ProblemError && error.is('key-not-found')) return
  throw error
}

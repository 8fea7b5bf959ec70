import { MAX_KEYS } from '@ostor-console/shared/bounds'
import type { NewAccessKey } from '@ostor-console/shared/keys'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { UnseenWrites } from '../../adapters/store/audit-unseen.ts'
import type { ClusterParts } from '../../clusters.ts'
import { addressedUser } from '../../writing/addressing.ts'
import { generateAndSee } from '../../writing/keys.ts'
import type { Wait } from '../../writing/proof.ts'
import type { Writer } from '../../writing/writer.ts'

const LOST_BEFORE = said`The answer to an earlier new key of this user was lost; it is known within a few minutes what became of it`

/** Generates a key once; it must run in turn, so that two of them never see the same free place. */
export const createKey = async (
  { cluster, gateway, directory }: ClusterParts,
  userId: string,
  writer: Writer,
  wait: Wait,
  unseen: Pick<UnseenWrites, 'count'>,
): Promise<NewAccessKey> => {
  const user = await addressedUser({ gateway, directory }, userId)
  // Where two answers were lost, nobody could tell any more which key is whose.
  if ((await unseen.count(cluster.id, { action: 'key.create', userId: user.id })) > 0)
    throw problem('being-checked', { detail: LOST_BEFORE })
  if (user.keyIds.length >= MAX_KEYS) throw problem('key-limit-reached')

  const before = { keyIds: user.keyIds.join(', ') }
  const entry = {
    action: 'key.create',
    cluster: cluster.id,
    target: user.email,
    userId: user.id,
    before,
    handsOver: true,
  } as const
  return writer.write(entry, (learn) =>
    generateAndSee({ gateway, wait }, { userId, email: user.email, known: user.keyIds }, learn),
  )
}

import { MAX_KEYS } from '@ostor-console/shared/bounds'
import type { NewAccessKey } from '@ostor-console/shared/keys'
import { problem } from '@ostor-console/shared/problem'
import type { Gateway } from '../../adapters/gateway/gateway.ts'
import type { UnseenWrites } from '../../adapters/store/audit-unseen.ts'
import type { ClusterParts } from '../../clusters.ts'
import { addressedUser } from '../../writing/addressing.ts'
import { isLost, type Wait } from '../../writing/proof.ts'
import type { Writer } from '../../writing/writer.ts'

const LOST_BEFORE =
  'The answer to an earlier new key of this user was lost; it is known within a few minutes what became of it'

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
  return writer.write(entry, async (learn) => {
    const key = await gateway
      .generateKey(user.email, user.keyIds)
      .catch((error: unknown) => nameLostKey(gateway, userId, user.keyIds, error))
    learn({ after: { keyId: key.id } })
    if (!(await seeKey(gateway, userId, key.id, wait))) learn({ detail: 'It could not be read back' })
    return { id: key.id, secret: key.secret.reveal() }
  })
}

/** The key may exist although its secret did not arrive: it is named, and its secret stays unread. */
const nameLostKey = async (gateway: Gateway, userId: string, known: string[], error: unknown): Promise<never> => {
  if (!isLost(error)) throw error
  const found = await gateway.getUser(userId).catch(() => null)
  const fresh = found?.keyIds.filter((id) => !known.includes(id)) ?? []
  if (fresh.length !== 1) throw error
  const detail = `The secret did not arrive. The key ${fresh[0]} is new, and the console revokes it within a few minutes`
  throw problem('outcome-unknown', { detail }, { cause: error })
}

const TRIES = 5
const PAUSE_MS = 1000

/** The answer proves the key and holds its only secret, so a reading that fails does not take it away; it answers false. */
const seeKey = async (gateway: Gateway, userId: string, keyId: string, wait: Wait): Promise<boolean> => {
  for (let tries = 1; ; tries++) {
    const found = await gateway.getUser(userId).catch(() => null)
    if (!found || found.keyIds.includes(keyId)) return found !== null
    if (tries === TRIES) throw problem('not-applied', { detail: `The gateway does not list the new key ${keyId}` })
    await wait(PAUSE_MS)
  }
}

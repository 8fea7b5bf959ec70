import type { NewAccessKey } from '@ostor-console/shared/keys'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Gateway } from '../adapters/gateway/gateway.ts'
import { isLost, seeNew, sendAndProve, type Wait } from './proof.ts'
import type { Learned } from './writer.ts'

type Parts = { gateway: Gateway; wait: Wait }

/** A user, or one of their accounts. */
type Owner = { userId: string; account?: string | undefined }

const listed = async (gateway: Gateway, { userId, account }: Owner): Promise<readonly string[]> => {
  const { keyIds, accounts } = await gateway.getUser(userId)
  return account === undefined ? keyIds : (accounts?.find(({ name }) => name === account)?.keyIds ?? [])
}

/** Generates a key once, and hands it over when the gateway lists it, or cannot be asked. `known` are the keys so far. */
export const generateAndSee = async (
  { gateway, wait }: Parts,
  { email, known, ...owner }: Owner & { email: string; known: readonly string[] },
  learn: (learned: Learned) => void,
): Promise<NewAccessKey> => {
  const { account } = owner
  const read = () => listed(gateway, owner)
  const key = await gateway
    .generateKey(email, known, account)
    .catch((error: unknown) => namingLostKey(known, read, error))
  learn({ after: { ...(account !== undefined && { account }), keyId: key.id } })
  const missing = said`The gateway does not list the new key ${key.id}`
  const isSeen = await seeNew({ read, isThere: (ids) => ids.includes(key.id), missing, wait })
  if (!isSeen) learn({ detail: said`It could not be read back` })
  return { id: key.id, secret: key.secret.reveal() }
}

/** After a lost answer, the key that is new may exist although its secret did not arrive: the problem names it. */
const namingLostKey = async (
  known: readonly string[],
  read: () => Promise<readonly string[]>,
  error: unknown,
): Promise<never> => {
  if (!isLost(error)) throw error
  const fresh = (await read().catch(() => [])).filter((id) => !known.includes(id))
  if (fresh.length !== 1) throw error
  const detail = said`The secret did not arrive. The key ${fresh[0] ?? ''} is new, and the console revokes it within a few minutes`
  throw problem('outcome-unknown', { detail }, { cause: error })
}

/** Sends what revokes a key, and answers once the gateway no longer lists it. */
export const revokeAndSee = async (
  { gateway, wait }: Parts,
  { keyId, ...owner }: Owner & { keyId: string },
  send: () => Promise<void>,
): Promise<void> => {
  await sendAndProve({
    send,
    read: () => listed(gateway, owner),
    holds: (ids) => !ids.includes(keyId),
    difference: () => said`The gateway still lists the key ${keyId}`,
    wait,
  })
}

import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { ClusterParts } from '../../clusters.ts'
import { isLost, seeNew, sendAndProve, type Wait } from '../../writing/proof.ts'
import type { Writer } from '../../writing/writer.ts'
import { accountOf, knownAccount } from './account.ts'

export type Work = { parts: ClusterParts; userId: string; writer: Writer; wait: Wait }

/** Makes an account once; it must run in turn. `key` is `null` when its secret did not arrive. */
export const createAccount = async ({ parts, userId, writer, wait }: Work, name: string) => {
  const { cluster, gateway } = parts
  const user = await gateway.getUser(userId)
  if (user.accounts === null) throw problem('no-accounts')
  if (accountOf(user, name)) throw problem('account-exists')

  const entry = {
    cluster: cluster.id,
    action: 'account.create',
    target: name,
    userId: user.id,
    handsOver: true,
  } as const
  return writer.write({ ...entry, after: { account: name } }, async (learn) => {
    const key = await sendOnce(parts, user.id, name)
    if (key) learn({ after: { account: name, keyId: key.id } })
    let unseen: string[] = []
    const isSeen = await seeNew({
      read: async () => accountOf(await gateway.getUser(user.id), name),
      isThere: (account) => {
        unseen = account?.keyIds ?? []
        return account !== null && (key === null || unseen.includes(key.id))
      },
      missing: said`The gateway does not list the new account with its key`,
      wait,
    })
    if (!key)
      learn({
        detail:
          unseen.length === 0
            ? said`Nobody saw the secret of its first key`
            : said`Nobody saw the secret of ${unseen.join(', ')}`,
      })
    else if (!isSeen) learn({ detail: said`It could not be read back` })
    return { name, key: key && { id: key.id, secret: key.secret.reveal() } }
  })
}

/** After a lost answer the account is proof enough: there was none of this name. Its key stays unread. */
const sendOnce = async ({ gateway }: ClusterParts, userId: string, name: string) => {
  try {
    return await gateway.createAccount(userId, name)
  } catch (error) {
    if (!isLost(error)) throw error
    const found = await gateway.getUser(userId).catch(() => null)
    if (!found || !accountOf(found, name)) throw error
    return null
  }
}

/** Deletes an account with its keys; it must run in turn. */
export const removeAccount = async ({ parts, userId, writer, wait }: Work, name: string, confirmName: string) => {
  const { cluster, gateway } = parts
  const user = await gateway.getUser(userId)
  const { keyIds } = knownAccount(user, name)
  if (confirmName !== name) throw problem('confirmation-wrong', { detail: said`Type the name of the account` })
  refuseOwn(keyIds, cluster.accessKeyId)

  const before = { account: name, keyIds: keyIds.join(', ') }
  const entry = { cluster: cluster.id, action: 'account.delete', target: name, userId: user.id, before } as const
  await writer.write(entry, () =>
    sendAndProve({
      send: () => gateway.deleteAccount(user.id, name),
      read: () => gateway.getUser(user.id),
      holds: (found) => accountOf(found, name) === null,
      difference: () => said`The gateway still lists the account ${name}`,
      wait,
    }),
  )
}

export const refuseOwn = (keyIds: readonly string[], ownKeyId: string): void => {
  if (!keyIds.includes(ownKeyId)) return
  throw problem('system-user-protected', { detail: said`The console itself signs with a key of this account` })
}

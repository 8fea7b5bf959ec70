import { MAX_KEYS } from '@ostor-console/shared/bounds'
import type { NewAccessKey } from '@ostor-console/shared/keys'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { UnseenWrites } from '../../adapters/store/audit-unseen.ts'
import { addressedUser } from '../../writing/addressing.ts'
import { generateAndSee, revokeAndSee } from '../../writing/keys.ts'
import { knownAccount } from './account.ts'
import { refuseOwn, type Work } from './change-account.ts'

const LOST_BEFORE = said`The answer to an earlier new key of an account of this user was lost; it is known within a few minutes what became of it`

/** Generates a key of an account once; it must run in turn. */
export const createAccountKey = async (
  { parts, userId, writer, wait }: Work,
  name: string,
  unseen: Pick<UnseenWrites, 'count'>,
): Promise<NewAccessKey> => {
  const { cluster, gateway } = parts
  const user = await addressedUser(parts, userId)
  // A gateway without accounts would pass the name over, and make a key of the user.
  const { keyIds } = knownAccount(user, name)
  const open = { userId: user.id, action: 'account-key.create' } as const
  const opened = { userId: user.id, action: 'account.create', target: name } as const
  for (const each of [open, opened])
    if ((await unseen.count(cluster.id, each)) > 0) throw problem('being-checked', { detail: LOST_BEFORE })
  if (keyIds.length >= MAX_KEYS) throw problem('key-limit-reached', { detail: said`So does the account ${name}` })

  const before = { account: name, keyIds: keyIds.join(', ') }
  const entry = { cluster: cluster.id, action: 'account-key.create', target: name, userId: user.id, before } as const
  return writer.write({ ...entry, handsOver: true }, (learn) =>
    generateAndSee({ gateway, wait }, { userId: user.id, email: user.email, account: name, known: keyIds }, learn),
  )
}

/** Revokes one key of an account; it must run in turn. */
export const revokeAccountKey = async ({ parts, userId, writer, wait }: Work, name: string, keyId: string) => {
  const { cluster, gateway } = parts
  refuseOwn([keyId], cluster.accessKeyId)
  const user = await addressedUser(parts, userId)
  const { keyIds } = knownAccount(user, name)
  if (!keyIds.includes(keyId)) throw problem('key-not-found')

  const left = keyIds.filter((id) => id !== keyId)
  const entry = { cluster: cluster.id, action: 'account-key.revoke', target: keyId, userId: user.id } as const
  const before = { account: name, keyIds: keyIds.join(', ') }
  await writer.write({ ...entry, before, after: { account: name, keyIds: left.join(', ') } }, () =>
    revokeAndSee({ gateway, wait }, { userId: user.id, account: name, keyId }, () =>
      gateway.revokeKey(user.email, keyId, name),
    ),
  )
}

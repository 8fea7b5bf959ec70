import type { AuditFields } from '@ostor-console/shared/audit-fields'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { User } from '@ostor-console/shared/users'
import type { GatewayUser } from '../../adapters/gateway/gateway.ts'
import type { ClusterParts } from '../../clusters.ts'
import { isLost } from '../../writing/proof.ts'
import type { Writer } from '../../writing/writer.ts'
import { userRow } from './user-list.ts'

type Created = { user: User; key: { id: string; secret: string } | null }

/**
 * Creates a user once. The secret of the first key is in the answer, and `null` when that answer was lost. `client` is what
 * the audit says of the client that the user will belong to.
 */
export const createUser = async (
  parts: ClusterParts,
  email: string,
  writer: Writer,
  client: AuditFields = {},
): Promise<Created> => {
  const { cluster, gateway, directory } = parts
  // The gateway compares letter for letter, so only a list of this moment shows the same address in other case.
  const { byId, byEmail } = await directory.refreshUsers()
  refuse(email, byEmail.get(email.toLowerCase()) ?? [])
  refuse(email, [await gateway.findUserByEmail(email)])

  const entry = {
    cluster: cluster.id,
    action: 'user.create',
    target: email,
    after: { email, ...client },
    handsOver: true,
  } as const
  const created = await writer.write(entry, async (learn) => {
    const { id, key } = await sendOnce(parts, email)
    // A gateway may answer with the user who has this e-mail already.
    if (byId.has(id)) throw problem('email-exists', { detail: said`The user ${id} had this e-mail before` })
    const after = { email, ...client, userId: id, ...(key && { keyId: key.id }) }
    learn({ userId: id, after })
    const user = await gateway.getUser(id).catch(() => null)
    const unseen = key ? [] : (user?.keyIds ?? [])
    if (unseen.length > 0) learn({ after: { ...after, keyIds: unseen.join(', ') } })
    const gaps = [...(key ? [] : [unseenKeys(unseen)]), ...(user ? [] : [said`It could not be read back`])]
    if (gaps.length > 0) learn({ detail: gaps.join('. ') })
    return { user: user ?? unread(id, email), key }
  })
  directory.putUser(created.user)
  // The list of buckets is older than the user.
  const owned = await gateway.bucketsOf(created.user.id).catch(() => null)
  const buckets = owned && { byOwner: new Map([[created.user.id, owned]]) }
  return { user: userRow(created.user, buckets, parts.ownUserId), key: created.key }
}

const unseenKeys = (keyIds: string[]): string =>
  keyIds.length === 0
    ? said`The answer held no key`
    : said`Nobody saw the secret of ${keyIds.join(', ')}: generate another key, then revoke it`

const refuse = (email: string, found: readonly (GatewayUser | null)[]): void => {
  const users = found.filter((user) => user !== null)
  const same = users.find((user) => user.email === email)
  if (same) throw problem('email-exists', { detail: said`The user ${same.id} has this e-mail` })
  const [other] = users
  if (other)
    throw problem('email-exists-with-other-case', { detail: said`The user ${other.id} has it as ${other.email}` })
}

/** After a lost answer the user is proof enough: nobody had this e-mail before. Their key stays unread. */
const sendOnce = async ({ gateway }: ClusterParts, email: string): Promise<{ id: string; key: Created['key'] }> => {
  try {
    const { id, key } = await gateway.createUser(email)
    return { id, key: key && { id: key.id, secret: key.secret.reveal() } }
  } catch (error) {
    if (!isLost(error)) throw error
    const found = await gateway.findUserByEmail(email).catch(() => null)
    if (!found) throw error
    return { id: found.id, key: null }
  }
}

/** The user exists and the secret must reach the admin, so a failing read leaves only the state unknown. */
const unread = (id: string, email: string): GatewayUser => ({
  id,
  email,
  state: 'unknown',
  flags: [],
  ownerId: null,
  storedBytes: null,
})

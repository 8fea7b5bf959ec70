import type { BucketSnapshot, UserSnapshot } from './adapters/gateway/directory.ts'
import type { GatewayUser } from './adapters/gateway/gateway.ts'
import type { ClusterParts } from './clusters.ts'
import type { Look, Seed } from './features/bulk/choice.ts'
import type { Chosen, ListedUser } from './features/bulk/plan.ts'
import { sizesOf } from './features/users/user-columns.ts'
import { isProtected, usersMatching } from './features/users/user-list.ts'
import { soon } from './lists/soon.ts'

const PATIENCE_MS = 30_000

/** Finds in the lists of the gateway who is meant; without the list of buckets what it tells is not known. */
export const lookUp: Look = async (parts, wanted) => {
  const [users, buckets] = await Promise.all([parts.directory.users(), soon(parts.directory.buckets(), PATIENCE_MS)])
  const shown = (user: GatewayUser) => listed(user, { users, buckets, ownUserId: parts.ownUserId })
  const chosen = Array.isArray(wanted)
    ? wanted.map((seed) => ({ ...seed, users: meant(users, seed).map(shown) }))
    : usersMatching(users, wanted).map((user): Chosen => ({ ...named(user), users: [shown(user)] }))
  return { chosen, listedAt: buckets && buckets.asOf < users.asOf ? buckets.asOf : users.asOf }
}

const named = ({ id, email }: GatewayUser): Seed => ({ line: null, id, email })

/** By id; by e-mail letter for letter, or else in any letter case. */
const meant = ({ byId, byEmail }: UserSnapshot, { id, email }: Seed): readonly GatewayUser[] => {
  if (id !== null) {
    const user = byId.get(id)
    return user ? [user] : []
  }
  const found = byEmail.get(email.toLowerCase()) ?? []
  const exact = found.filter((user) => user.email === email)
  return exact.length > 0 ? exact : found
}

type Lists = { users: UserSnapshot; buckets: BucketSnapshot | null } & Pick<ClusterParts, 'ownUserId'>

const listed = (user: GatewayUser, { users, buckets, ownUserId }: Lists): ListedUser => {
  const same = (users.byEmail.get(user.email.toLowerCase()) ?? []).filter(({ email }) => email === user.email)
  return {
    id: user.id,
    email: user.email,
    state: user.state,
    isProtected: isProtected(user, ownUserId),
    isAlone: user.email.trim() !== '' && same.length === 1,
    ...sizesOf(user, buckets),
  }
}

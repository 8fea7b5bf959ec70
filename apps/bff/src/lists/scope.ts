import { type ProblemError, problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import {
  type BucketSnapshot,
  bucketSnapshot,
  type Directory,
  type UserSnapshot,
  userSnapshot,
} from '../adapters/gateway/directory.ts'
import type { GatewayUser } from '../adapters/gateway/gateway.ts'
import type { Limit } from '../adapters/store/groups.ts'
import type { Strangers } from '../adapters/store/strangers.ts'
import type { Within } from '../adapters/store/within.ts'
import { oncePer } from './once-per.ts'

/** The users of one cluster that somebody's role is limited to. */
export type Scope = {
  /** "Reseller A, Reseller B", without a word of any language; `null` when the groups are gone. */
  named: string | null
  /** What the e-mail of a new user may end with, with the `@`. */
  endings: readonly string[]
  /** Who was added, whether or not the gateway still has them. */
  userIds: ReadonlySet<string>
}

type Lists = Pick<Directory, 'users' | 'buckets'>

const scopes = oncePer<Limit, Map<string, Scope>>(() => new Map())

/** The same object as long as the limit is the same, so that what is made of it can be kept. */
export const scopeOf = (limit: Limit, cluster: string): Scope => {
  const known = scopes(limit)
  const scope = known.get(cluster) ?? scopeIn(limit, cluster)
  known.set(cluster, scope)
  return scope
}

const scopeIn = ({ groups }: Limit, cluster: string): Scope => {
  const here = groups.filter((group) => group.cluster === cluster)
  return {
    named: groups.map(({ name }) => name).join(', ') || null,
    endings: here.flatMap(({ domains }) => domains.map((domain) => `@${domain}`)),
    userIds: new Set(here.flatMap(({ userIds }) => [...userIds])),
  }
}

/** What the audit says of whoever asked for too much. */
export const limitedTo = ({ named }: Pick<Scope, 'named'>): string =>
  named === null ? said`limited to groups that are gone` : said`limited to ${named}`

/** Why somebody is refused, by what their groups are called. */
export const outOfScope = ({ named }: Pick<Scope, 'named'>, why: (named: string) => string): ProblemError =>
  problem('out-of-scope', {
    detail:
      named === null
        ? said`The groups that you are limited to are gone, so there is no user that you may see. Ask an admin of the console.`
        : why(named),
  })

/** Whether a user of this e-mail would be among them. */
export const takes = ({ endings }: Pick<Scope, 'endings'>, email: string): boolean =>
  endings.some((ending) => email.toLowerCase().endsWith(ending))

export const holds = (scope: Pick<Scope, 'endings' | 'userIds'>, { id, email }: Pick<GatewayUser, 'id' | 'email'>) =>
  scope.userIds.has(id) || takes(scope, email)

const usersOf = oncePer((scope: Scope) =>
  oncePer(({ users, sized, asOf, staleReason }: UserSnapshot) => {
    const own = users.filter((user) => holds(scope, user))
    return userSnapshot(own, sized, { asOf, staleReason })
  }),
)

const bucketsOf = oncePer(({ byId }: UserSnapshot) =>
  oncePer(({ buckets, asOf, staleReason }: BucketSnapshot) => {
    const own = buckets.filter(({ ownerId }) => byId.has(ownerId))
    return bucketSnapshot(own, { asOf, staleReason })
  }),
)

/** The lists as somebody may see them, with counts and sums of what they see. `null` sees everything. */
export const listsWithin = (scope: Scope | null, directory: Lists): Lists => {
  if (scope === null) return directory
  const users = async () => usersOf(scope)(await directory.users())
  const buckets = async () => bucketsOf(await users())(await directory.buckets())
  return { users, buckets }
}

/** By the buckets of a scope, which are another object whenever its users or the lists are. */
const withins = new WeakMap<BucketSnapshot, Promise<Within>>()

/** What of the store is theirs. Under the name of a bucket may lie what somebody else did before. */
export const withinOf = async (
  scope: Scope,
  { cluster, directory }: { cluster: { id: string }; directory: Lists },
  strangers: Strangers,
): Promise<Within> => {
  const lists = listsWithin(scope, directory)
  const [users, buckets] = await Promise.all([lists.users(), lists.buckets()])
  const known = withins.get(buckets)
  if (known) return known
  const made = withinLists(users, buckets)
  withins.set(buckets, made)
  made.catch(() => withins.delete(buckets))
  return made

  async function withinLists({ byId }: UserSnapshot, { byName }: BucketSnapshot): Promise<Within> {
    const userIds = new Set([...byId.keys(), ...scope.userIds])
    const names = new Set(byName.keys())
    const shared = await strangers.among(cluster.id, names, userIds)
    return { userIds, buckets: new Set([...names].filter((name) => !shared.has(name))), endings: scope.endings }
  }
}

type Row = { userId: string | null; bucket: string | null; email: string | null }

/** The same for one row as `isWithin` for many. */
export const isTheirs = ({ userIds, buckets, endings }: Within, { userId, bucket, email }: Row): boolean => {
  if (userId !== null) return userIds.has(userId)
  if (bucket !== null) return buckets.has(bucket)
  return email !== null && takes({ endings }, email)
}

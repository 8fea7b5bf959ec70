import { said } from '@ostor-console/shared/said'
import { createTurns } from '../../turns.ts'
import type { Gateway, GatewayBucket, GatewayUser } from './gateway.ts'
import { createRefresher, type Dated } from './refresher.ts'

export type UserSnapshot = Dated & {
  users: readonly GatewayUser[]
  byId: ReadonlyMap<string, GatewayUser>
  /** By the e-mail in lower case; several users may share one. */
  byEmail: ReadonlyMap<string, readonly GatewayUser[]>
  /** Whether the gateway tells how much each user stores. */
  sized: boolean
}

export type BucketSnapshot = Dated & {
  buckets: readonly GatewayBucket[]
  byName: ReadonlyMap<string, GatewayBucket>
  byOwner: ReadonlyMap<string, readonly GatewayBucket[]>
}

export type Directory = ReturnType<typeof createDirectory>

const addTo = <T>(groups: Map<string, T[]>, key: string, item: T): void => {
  const group = groups.get(key)
  if (group) group.push(item)
  else groups.set(key, [item])
}

const byEmailOf = (users: readonly GatewayUser[]): Map<string, GatewayUser[]> => {
  const groups = new Map<string, GatewayUser[]>()
  for (const user of users) addTo(groups, user.email.toLowerCase(), user)
  return groups
}

export const userSnapshot = (users: readonly GatewayUser[], sized: boolean, dated: Dated): UserSnapshot => ({
  ...dated,
  users,
  byId: new Map(users.map((user) => [user.id, user])),
  byEmail: byEmailOf(users),
  sized,
})

const AT_ONCE = 1_000

/** A million buckets are laid out in steps, so that requests are served meanwhile. */
export const bucketSnapshot = async (buckets: readonly GatewayBucket[], dated: Dated): Promise<BucketSnapshot> => {
  const byName = new Map<string, GatewayBucket>()
  const byOwner = new Map<string, GatewayBucket[]>()
  const turn = createTurns()
  for (const bucket of buckets) {
    byName.set(bucket.name, bucket)
    addTo(byOwner, bucket.ownerId, bucket)
    if (byName.size % AT_ONCE === 0) await turn()
  }
  return { ...dated, buckets, byName, byOwner }
}

/** A change that was read back from the gateway; `user` is `null` when it is gone. */
type Edit = { id: string; user: GatewayUser | null }

const withEdits = (snapshot: UserSnapshot, edits: readonly Edit[]): UserSnapshot => {
  if (edits.length === 0) return snapshot
  const byId = new Map(snapshot.byId)
  for (const { id, user } of edits) {
    if (!user) byId.delete(id)
    else byId.set(id, { ...user, storedBytes: user.storedBytes ?? byId.get(id)?.storedBytes ?? null })
  }
  const { asOf, staleReason, sized } = snapshot
  return userSnapshot([...byId.values()], sized, { asOf, staleReason })
}

type Kept<S, Row> = {
  keep: (snapshot: S) => void
  recall: () => Promise<{ asOf: Date; rows: Row[] } | null>
}

/** Where the lists outlive the process. */
export type KeptLists = { users: Kept<UserSnapshot, GatewayUser>; buckets: Kept<BucketSnapshot, GatewayBucket> }

type Options = { now?: () => Date; maxAgeMs?: number; kept?: KeptLists }

// Whoever asks gets the reason of the failure in its place.
const BEFORE = said`From before the console was started`

/** The lists of users and of buckets, read from the gateway at most every `maxAgeMs` and kept when it fails. */
export const createDirectory = (
  gateway: Pick<Gateway, 'listUsers' | 'listBuckets'>,
  { now = () => new Date(), maxAgeMs = 30_000, kept }: Options = {},
) => {
  // Edits that were made while a list is under way may be missing in it.
  let edits: Edit[] = []

  const users = createRefresher<UserSnapshot>({
    now,
    maxAgeMs,
    async fetch(asOf) {
      const seen = edits.length
      const list = await gateway.listUsers()
      edits = edits.slice(seen)
      return withEdits(userSnapshot(list.users, list.sized, { asOf, staleReason: null }), edits)
    },
    keep: kept?.users.keep,
    async recall() {
      const found = await kept?.users.recall()
      if (!found) return null
      const { asOf, rows } = found
      const sized = rows.some(({ storedBytes }) => storedBytes !== null)
      return withEdits(userSnapshot(rows, sized, { asOf, staleReason: BEFORE }), edits)
    },
  })

  const buckets = createRefresher<BucketSnapshot>({
    now,
    maxAgeMs,
    fetch: async (asOf) => bucketSnapshot(await gateway.listBuckets(), { asOf, staleReason: null }),
    keep: kept?.buckets.keep,
    async recall() {
      const found = await kept?.buckets.recall()
      return found ? bucketSnapshot(found.rows, { asOf: found.asOf, staleReason: BEFORE }) : null
    },
  })

  const edit = (change: Edit): void => {
    edits.push(change)
    users.change((snapshot) => withEdits(snapshot, [change]))
  }

  return {
    users: (): Promise<UserSnapshot> => users.get(),
    buckets: (): Promise<BucketSnapshot> => buckets.get(),
    /** For pages that show how old a list is, and for nothing that decides: it may be from before the process began. */
    shown: { users: () => users.getOrRecalled(), buckets: () => buckets.getOrRecalled() },
    /** After a write that was read back; sizes that the new reading lacks are kept. */
    putUser: ({ id, email, state, flags, ownerId, storedBytes }: GatewayUser): void =>
      edit({ id, user: { id, email, state, flags, ownerId, storedBytes } }),
    dropUser: (id: string): void => edit({ id, user: null }),
    /** A list that was begun after this call. */
    refreshUsers: (): Promise<UserSnapshot> => users.refresh(),
    refreshBuckets: (): Promise<BucketSnapshot> => buckets.refresh(),
  }
}

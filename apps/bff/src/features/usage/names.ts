import type { Directory } from '../../adapters/gateway/directory.ts'
import { soon } from '../../lists/soon.ts'

/** What the gateway calls users and buckets now; `null` for those it no longer has. */
export type Names = { labelOf: (userId: string) => string | null; ownerOf: (bucket: string) => string | null }

/** Requests that belong to no bucket, such as listing one's buckets, stand in one line of their own. */
const NO_BUCKET = '(no bucket)'

const PATIENCE_MS = 1000

/** A gateway that does not answer, or not soon, takes the names away, not the figures. */
export const namesOf = async (directory: Pick<Directory, 'users' | 'buckets'>): Promise<Names> => {
  const [users, buckets] = await Promise.all([
    soon(directory.users(), PATIENCE_MS),
    soon(directory.buckets(), PATIENCE_MS),
  ])
  return {
    labelOf: (userId) => users?.byId.get(userId)?.email ?? null,
    ownerOf: (bucket) => buckets?.byName.get(bucket)?.ownerId ?? null,
  }
}

export const labelIn = ({ labelOf }: Names, by: 'user' | 'bucket', id: string): string | null => {
  if (by === 'user') return labelOf(id)
  return id === '' ? NO_BUCKET : id
}

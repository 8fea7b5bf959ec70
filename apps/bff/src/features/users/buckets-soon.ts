import type { BucketSnapshot, Directory } from '../../adapters/gateway/directory.ts'
import { listsWithin, type Scope } from '../../lists/scope.ts'
import { soon } from '../../lists/soon.ts'

const PATIENCE_MS = 1000

const hadToWait = new WeakSet<Directory>()

/** Users are shown without their buckets when these cannot be read, or take long; only the first page waits for that. */
export const bucketsSoon = async (directory: Directory, scope: Scope | null): Promise<BucketSnapshot | null> => {
  const lists = listsWithin(scope, directory.shown)
  const buckets = await soon(lists.buckets(), hadToWait.has(directory) ? 0 : PATIENCE_MS)
  if (buckets) hadToWait.delete(directory)
  else hadToWait.add(directory)
  return buckets
}

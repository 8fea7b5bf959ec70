import { problem } from '@ostor-console/shared/problem'
import type { BucketSnapshot, Directory } from '../adapters/gateway/directory.ts'
import type { GatewayBucket } from '../adapters/gateway/gateway.ts'

/** The bucket, and the list it was found in. Throws `bucket-not-found` only after a list that was read just now. */
export const findBucket = async (
  directory: Directory,
  name: string,
): Promise<{ bucket: GatewayBucket; buckets: BucketSnapshot }> => {
  const known = await directory.buckets()
  const bucket = known.byName.get(name)
  if (bucket) return { bucket, buckets: known }

  await directory.refreshBuckets()
  const fresh = await directory.buckets()
  const created = fresh.byName.get(name)
  if (!created) throw problem('bucket-not-found')
  return { bucket: created, buckets: fresh }
}

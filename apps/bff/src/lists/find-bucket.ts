import { ProblemError, problem } from '@ostor-console/shared/problem'
import type { Directory } from '../adapters/gateway/directory.ts'
import type { Gateway, GatewayBucket } from '../adapters/gateway/gateway.ts'

type Parts = { directory: Directory; gateway: Pick<Gateway, 'getBucket'> }

/** The bucket of the list, else of the gateway. Throws `bucket-not-found` only after the gateway was asked just now. */
export const findBucket = async ({ directory, gateway }: Parts, name: string): Promise<GatewayBucket> => {
  const known = (await directory.buckets()).byName.get(name)
  if (known) return known

  const named = await bucketByName(gateway, name)
  if (named) return named
  await directory.refreshBuckets()
  const created = (await directory.buckets()).byName.get(name)
  if (!created) throw problem('bucket-not-found')
  return created
}

/** `null` where the gateway cannot be asked for one bucket, or does not answer. Throws `bucket-not-found`. */
export const bucketByName = async (gateway: Parts['gateway'], name: string): Promise<GatewayBucket | null> => {
  try {
    return await gateway.getBucket(name)
  } catch (error) {
    if (!(error instanceof ProblemError) || error.is('bucket-not-found', 'request-invalid')) throw error
    return null
  }
}

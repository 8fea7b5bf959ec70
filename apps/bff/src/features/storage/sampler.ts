import type { BucketSnapshot } from '../../adapters/gateway/directory.ts'
import type { StorageStore } from '../../adapters/store/storage.ts'
import type { SizedBucket } from '../../adapters/store/storage-run.ts'
import { createRepeat } from '../../repeat.ts'

type Parts = {
  cluster: { id: string }
  directory: { refreshBuckets(): Promise<BucketSnapshot> }
  storage: Pick<StorageStore, 'record' | 'lastRun'>
  /** The gateway's clock: its integrals count whole hours by it. */
  gatewayNow: () => Date
  log: Record<'warn', (details: object, message: string) => void>
  /** Whether it is this process that samples; without it, always. */
  isOurs?: () => boolean
}

export type Sampler = ReturnType<typeof createSampler>

const HOUR_MS = 3_600_000
const PAUSE_MS = 60_000

const isUntold = ({ storedBytes, byteHours }: SizedBucket): boolean => storedBytes === null || byteHours === null

/** Samples the sizes of all buckets once an hour. An hour for which the list could not be read stays missing. */
export const createSampler = ({ cluster, directory, storage, gatewayNow, log, isOurs = () => true }: Parts) => {
  let emptyAt: number | null = null
  let untoldAt: number | null = null

  const hourNow = () => Math.floor(gatewayNow().getTime() / HOUR_MS) * HOUR_MS

  const sample = async (): Promise<void> => {
    const hour = hourNow()
    const last = await storage.lastRun(cluster.id)
    if ((last && last.getTime() >= hour) || untoldAt === hour) return
    const { buckets, staleReason } = await directory.refreshBuckets()
    // A list that was read across the full hour may count either.
    if (staleReason !== null || hourNow() !== hour) return
    if (buckets.length === 0 && last && (emptyAt === null || emptyAt === hour)) {
      // All buckets gone at once is believed only when an hour later it is still so.
      emptyAt = hour
      return
    }
    emptyAt = null
    // Where no size at all is told, it is the list that lacks them, and the hour stays missing.
    if (buckets.length > 0 && buckets.every(isUntold)) {
      untoldAt = hour
      log.warn({ cluster: cluster.id }, 'sizes were not sampled: the list of buckets does not tell them')
      return
    }
    await storage.record(cluster.id, new Date(hour), buckets)
  }

  const { round, start, stop } = createRepeat({
    work: () =>
      sample().catch((err: unknown) => {
        log.warn({ cluster: cluster.id, err }, 'sizes could not be sampled')
        throw err
      }),
    pauseMs: () => PAUSE_MS,
    isDue: isOurs,
  })

  return {
    /** Samples when this hour has not been sampled yet. */
    round,
    start: (): void => void start(),
    stop,
  }
}

import type { Collector } from '@ostor-console/shared/collector'
import { gapsOf } from './gaps.ts'
import { safekeepingOf } from './safekeeping.ts'
import { storageOf } from './storage.ts'
import type { Store } from './store.ts'

export type CollectorFacts = Pick<
  Collector,
  'gapsOpen' | 'sampledAt' | 'retention' | 'recount' | 'backup' | 'backupFailedAt'
>

/** What the store knows of the collector's work beside how far it has come. */
export const collectorFactsOf = (store: Store, retentionDays: number | null) => {
  const [gaps, storage, safekeeping] = [gapsOf(store), storageOf(store), safekeepingOf(store)]
  return async (cluster: string): Promise<CollectorFacts> => ({
    gapsOpen: await gaps.open(cluster),
    sampledAt: (await storage.lastRun(cluster))?.toISOString() ?? null,
    retention: {
      enabled: retentionDays !== null,
      days: retentionDays ?? 0,
      safeToDelete: await safekeeping.safeToDelete(cluster),
      deleted: await safekeeping.deletedSoFar(cluster),
    },
    recount: await safekeeping.lastRecount(cluster),
    ...(await safekeeping.lastBackup()),
  })
}

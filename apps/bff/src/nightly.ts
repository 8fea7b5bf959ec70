import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { auditOf } from './adapters/store/audit.ts'
import { verifyChain } from './adapters/store/audit-chain.ts'
import { isBackup, removeOldBackups } from './adapters/store/backup-folders.ts'
import { backupsOf } from './adapters/store/backups.ts'
import { recountOf } from './adapters/store/recount.ts'
import { safekeepingOf } from './adapters/store/safekeeping.ts'
import { statisticsOf } from './adapters/store/statistics.ts'
import { statisticsPagesOf } from './adapters/store/statistics-pages.ts'
import type { Store } from './adapters/store/store.ts'
import type { ClusterParts } from './clusters.ts'
import { retainOnly } from './features/statistics/retention.ts'
import { recountDay } from './features/usage/recount.ts'
import { createRepeat } from './repeat.ts'
import type { Wait } from './writing/proof.ts'

type Log = Record<'info' | 'warn', (details: object, message: string) => void>
type Cluster = {
  cluster: Pick<ClusterParts['cluster'], 'id'>
  gateway: Pick<ClusterParts['gateway'], 'parseStatistics' | 'readStatistics' | 'deleteStatistics'>
  collector: Pick<ClusterParts['collector'], 'readNow'>
}
type Parts = {
  store: Store
  clusters: readonly Cluster[]
  settings: { backupDir: string | null; retentionDays: number | null; rawStatisticsDays: number }
  log: Log
  now?: () => Date
  wait?: Wait
  /** Only one process does this at a time. */
  isOurs?: () => boolean
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const PAUSE_MS = 600_000
const BACKUPS_KEPT = 14
// The last objects of the day before can be final by then.
const NIGHT_MS = 30 * 60_000
// A console that was down for longer begins again with the last of its missed days.
const DAYS_CAUGHT_UP = 31

/** What is done once a day: counting yesterday again, backing up, and what must wait for both. */
export const createNightly = ({
  store,
  clusters,
  settings,
  log,
  now = () => new Date(),
  wait = pause,
  isOurs = () => true,
}: Parts) => {
  const recounts = recountOf(store)
  const backups = backupsOf(store)
  let isStopping = false
  let auditVerifiedAt: Date | null = null
  let backupFailedAt: Date | null = null

  /** The last time that a night's work became due. */
  const lastNight = () => new Date(Math.floor((now().getTime() - NIGHT_MS) / DAY_MS) * DAY_MS + NIGHT_MS)

  /** Every day that ended and was not counted again yet, the oldest first, until one is not final. */
  const recount = async ({ cluster, gateway }: Cluster): Promise<void> => {
    const yesterday = lastNight().getTime() - NIGHT_MS - DAY_MS
    const counted = (await recounts.daysUpTo(cluster.id, new Date(yesterday))).map((day) => day.getTime())
    const first = Math.max(counted[0] ?? yesterday, yesterday - DAYS_CAUGHT_UP * DAY_MS)
    for (let at = first; at <= yesterday; at += DAY_MS) {
      if (counted.includes(at)) continue
      if (isStopping) return
      const day = new Date(at)
      if (!(await recounts.isFinal(cluster.id, day))) return
      const parts = { cluster: cluster.id, recounts, parse: gateway.parseStatistics, now }
      const { objects, differences, detail } = await recountDay(parts, day)
      const said = { cluster: cluster.id, day, objects, differences, detail }
      if (differences > 0) log.warn(said, 'a day counted again from raw bodies differs from what is stored')
      else log.info(said, 'a day counted again from raw bodies agrees with what is stored')
    }
  }

  const backUp = async (folder: string): Promise<void> => {
    const last = await backups.lastVerified()
    if (last && last.takenAt >= lastNight()) return
    // It costs as much to fail as to come out well.
    if (backupFailedAt && now().getTime() - backupFailedAt.getTime() < HOUR_MS) return
    const name = `backup-${now().toISOString().slice(0, 19).replaceAll(':', '-')}`
    try {
      const { files } = await backups.take(join(folder, name), { now })
      backupFailedAt = null
      log.info({ folder: name, tables: files.length }, 'backed up and verified')
    } catch (error) {
      backupFailedAt = now()
      throw error
    }
    await removeOldBackups(folder, BACKUPS_KEPT)
  }

  const verifyAudit = async (): Promise<void> => {
    if (auditVerifiedAt && auditVerifiedAt >= lastNight()) return
    const { entries, last, fault } = await verifyChain(store)
    auditVerifiedAt = now()
    if (fault === null) log.info({ entries, head: last.hash }, 'the audit fits its chain')
    else log.warn({ entries, seq: fault.seq, is: fault.is }, 'the audit was tampered with')
  }

  const retain = async ({ cluster, gateway, collector }: Cluster, days: number): Promise<void> => {
    const last = await backups.lastVerified()
    if (!last) return
    if (!(await isBackup(last.folder))) {
      log.warn({ folder: last.folder }, 'nothing is deleted at the gateway: the last backup is no longer there')
      return
    }
    const deleted = await retainOnly({
      cluster: cluster.id,
      days,
      gateway,
      statistics: statisticsOf(store),
      pages: statisticsPagesOf(store),
      safekeeping: safekeepingOf(store),
      collector,
      audit: auditOf(store, { now }),
      now,
      wait,
      goesOn: () => !isStopping && isOurs(),
    })
    if (deleted > 0) log.info({ cluster: cluster.id, deleted }, 'final statistics objects deleted at the gateway')
  }

  const trying = async (what: string, doing: () => Promise<void>) => {
    if (isStopping || !isOurs()) return
    await doing().catch((err: unknown) => log.warn({ err }, `${what} failed`))
  }

  const work = async (): Promise<void> => {
    const { backupDir, retentionDays, rawStatisticsDays } = settings
    for (const parts of clusters) await trying('counting a day again', () => recount(parts))
    if (backupDir !== null) await trying('the backup', () => backUp(backupDir))
    await trying('verifying the audit', verifyAudit)
    for (const parts of clusters) {
      if (retentionDays !== null) await trying('retention', () => retain(parts, retentionDays))
      const before = new Date(now().getTime() - rawStatisticsDays * DAY_MS)
      await trying('dropping old raw bodies', () => recounts.dropBodies(parts.cluster.id, before))
    }
  }

  const { round, start, stop } = createRepeat({ work, pauseMs: () => PAUSE_MS })

  return {
    /** Does what is due. */
    round,
    start: (): void => {
      isStopping = false
      void start()
    },
    stop: (): Promise<void> => {
      isStopping = true
      return stop()
    },
  }
}

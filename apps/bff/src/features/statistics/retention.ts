import { ProblemError } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Gateway } from '../../adapters/gateway/gateway.ts'
import type { Audit } from '../../adapters/store/audit.ts'
import type { Safekeeping } from '../../adapters/store/safekeeping.ts'
import type { StatisticsStore } from '../../adapters/store/statistics.ts'
import type { Change } from '../../adapters/store/statistics-changes.ts'
import type { StatisticsPages } from '../../adapters/store/statistics-pages.ts'
import type { Wait } from '../../writing/proof.ts'
import { assertSafe, deleteAndLook } from './removal.ts'

type Parts = {
  cluster: string
  days: number
  gateway: Pick<Gateway, 'deleteStatistics' | 'readStatistics'>
  statistics: Pick<StatisticsStore, 'save'>
  pages: Pick<StatisticsPages, 'find'>
  safekeeping: Pick<Safekeeping, 'deletable' | 'readOnce' | 'isBackedUp' | 'intendDeletion'>
  collector: { readNow(name: string): Promise<Change | null> }
  audit: Pick<Audit, 'begin' | 'end'>
  now: () => Date
  wait: Wait
  goesOn: () => boolean
}

const DAY_MS = 86_400_000
const IN_ONE_BATCH = 500

type Left = { deleted: number; kept: number }

/**
 * Deletes at the gateway what is final, committed, in a verified backup, old enough, read twice without a change, and
 * still the same to the byte when it is read once more. One object after the other; the first one whose end is not known
 * ends the batch, and is looked at afresh by the next one.
 */
export const retainOnly = async (parts: Parts): Promise<number> => {
  const { cluster, days, safekeeping, collector, audit, now, goesOn } = parts
  const before = new Date(now().getTime() - days * DAY_MS)
  // What was old when it was first seen is final after one reading; it is deleted after another, in the next batch.
  const readOnce = await safekeeping.readOnce(cluster, before, IN_ONE_BATCH)
  const names = await safekeeping.deletable(cluster, before, IN_ONE_BATCH)
  for (const name of readOnce) if (goesOn()) await collector.readNow(name)
  if (names.length === 0) return 0

  const target = `${names.length} final statistics objects older than ${days} days`
  const id = await audit.begin({ actor: 'retention', action: 'retention.delete', cluster, target })
  const left: Left = { deleted: 0, kept: 0 }
  const after = () => ({ deleted: String(left.deleted), kept: String(left.kept) })
  try {
    for (const name of names) {
      if (!goesOn()) break
      left[(await removeOne(parts, name)) ? 'deleted' : 'kept'] += 1
    }
  } catch (error) {
    const isUnknown = !(error instanceof ProblemError) || error.is('outcome-unknown', 'not-applied')
    const why = error instanceof ProblemError ? error.message : said`Then it failed on our side.`
    await audit.end(id, { outcome: isUnknown ? 'unknown' : 'refused', after: after(), detail: why })
    throw error
  }
  await audit.end(id, { outcome: 'done', after: after() })
  return left.deleted
}

/** `false` for one that turned out not to be safe, or to be gone already. */
const removeOne = async (parts: Parts, name: string): Promise<boolean> => {
  const { cluster, gateway, statistics, pages, safekeeping, collector, now, wait } = parts
  try {
    await assertSafe({ cluster, pages, collector, isBackedUp: safekeeping.isBackedUp }, name)
  } catch (error) {
    if (error instanceof ProblemError && error.is('statistics-not-safe', 'statistics-object-not-found')) return false
    throw error
  }
  await safekeeping.intendDeletion(cluster, name, now())
  await deleteAndLook(gateway, name, wait)
  await statistics.save(cluster, [{ kind: 'gone', name, at: now() }])
  return true
}

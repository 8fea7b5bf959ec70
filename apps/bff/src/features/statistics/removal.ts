import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { Gateway } from '../../adapters/gateway/gateway.ts'
import type { Change } from '../../adapters/store/statistics-changes.ts'
import type { StatisticsPages } from '../../adapters/store/statistics-pages.ts'
import { sendAndProve, type Wait } from '../../writing/proof.ts'

type Ports = {
  cluster: string
  pages: Pick<StatisticsPages, 'find'>
  collector: { readNow(name: string): Promise<Change | null> }
  /** Left out where the console takes no backups of its own. */
  isBackedUp?: ((cluster: string, name: string) => Promise<boolean>) | undefined
}

const IS_GONE = said`It is no longer at the gateway. What was stored of it stays in the console.`
const NOT_FINAL = said`Only an object that is stored and final can be deleted without losing figures.`
const NOT_BACKED_UP = said`No verified backup holds it as it is now. Wait for the next one, or take one.`
const CHANGED = said`It changed since it was stored. What it holds now is stored; wait until it is final again.`
const NOT_COUNTABLE = said`What the gateway has of it now cannot be read or counted. Nothing was deleted.`

/** Throws unless this object is stored, final, backed up, and still the same at the gateway to the byte. */
export const assertSafe = async ({ cluster, pages, collector, isBackedUp }: Ports, name: string): Promise<void> => {
  const before = await pages.find(cluster, name)
  if (!before) throw problem('statistics-object-not-found')
  if (before.state === 'gone') throw problem('statistics-object-not-found', { detail: IS_GONE })
  if (before.state !== 'closed') throw problem('statistics-not-safe', { detail: NOT_FINAL })
  if (isBackedUp && !(await isBackedUp(cluster, name))) throw problem('statistics-not-safe', { detail: NOT_BACKED_UP })
  const read = await collector.readNow(name)
  const now = await pages.find(cluster, name)
  if (read?.kind === 'gone' || now?.state === 'gone') throw problem('statistics-object-not-found', { detail: IS_GONE })
  if (read?.kind !== 'stored' || now?.state === 'quarantined')
    throw problem('statistics-not-safe', { detail: NOT_COUNTABLE })
  if (now?.state !== 'closed' || read.sha256 !== before.sha256 || now.sha256 !== before.sha256)
    throw problem('statistics-not-safe', { detail: CHANGED })
}

/** Deletes at the gateway, and looks whether it is gone. */
export const deleteAndLook = async (
  gateway: Pick<Gateway, 'deleteStatistics' | 'readStatistics'>,
  name: string,
  wait: Wait,
): Promise<void> => {
  await sendAndProve({
    send: () => gateway.deleteStatistics(name),
    read: async () => (await gateway.readStatistics(name)) === null,
    holds: (isGone) => isGone,
    difference: () => said`The gateway still has the object.`,
    wait,
  })
}

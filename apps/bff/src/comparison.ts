import type { Audit } from './adapters/store/audit.ts'
import type { Comparisons, Sighting } from './adapters/store/comparisons.ts'
import type { ClusterParts } from './clusters.ts'
import { compare, OPEN_MS } from './features/audit/outside-changes.ts'
import { createRepeat } from './repeat.ts'

type Parts = {
  cluster: { cluster: Pick<ClusterParts['cluster'], 'id'>; gateway: Pick<ClusterParts['gateway'], 'listStanding'> }
  audit: Pick<Audit, 'lastSeq'>
  comparisons: Comparisons
  log: Record<'info' | 'warn', (details: object, message: string) => void>
  now?: () => Date
  isOurs?: () => boolean
}

const HOUR_MS = 3_600_000
const PAUSE_MS = 60_000
const AT_ONCE = 5_000
const MANY = 20

/**
 * Once an hour, compares how users stand at the gateway with what was known of them, and enters into the audit what
 * nothing that the console did explains. The first comparison only writes down how things are.
 */
export const createComparison = ({
  cluster: { cluster, gateway },
  audit,
  comparisons,
  log,
  now = () => new Date(),
  isOurs = () => true,
}: Parts) => {
  let isDoubted = false

  /** So many at once are rarely deleted, and a list may be of a part, or of another gateway: it has to come twice. */
  const isBelievable = (known: ReadonlyMap<string, Sighting>, listed: readonly { id: string }[]): boolean => {
    const ids = new Set(listed.map(({ id }) => id))
    const missing = [...known.values()].filter(({ isThere, userId }) => isThere && !ids.has(userId)).length
    isDoubted = !isDoubted && missing > MANY && missing * 10 > known.size
    return !isDoubted
  }

  const work = async (): Promise<void> => {
    const last = await comparisons.last(cluster.id)
    const comparedAt = now()
    const age = last ? comparedAt.getTime() - last.comparedAt.getTime() : HOUR_MS
    if (age >= 0 && age < HOUR_MS) return

    const auditSeq = await audit.lastSeq()
    const listed = await gateway.listStanding()
    if (listed.length === 0) {
      // The user of our own key is in every list.
      log.warn({ cluster: cluster.id }, 'the list of users is empty, so nothing is compared with it')
      return
    }
    const known = await comparisons.known(cluster.id)
    if (!isBelievable(known, listed)) {
      log.warn(
        { cluster: cluster.id },
        'many users are missing from the list, so it is read once more before that is believed',
      )
      return
    }
    const openSince = new Date(comparedAt.getTime() - OPEN_MS)
    // Read after the list, so that whatever it may show stands there.
    const operations = await comparisons.operations(cluster.id, last?.settledSeq ?? auditSeq, openSince)
    const { found, skipped } = compare({ last, known, listed, operations, comparedAt, auditSeq })

    let [changes, passed] = [0, 0]
    for (let first = 0; first < found.length; first += AT_ONCE) {
      const some = found.slice(first, first + AT_ONCE)
      passed += await comparisons.record(cluster.id, some, known)
      changes += some.filter(({ change }) => change !== null).length
    }
    if (passed > 0) {
      // What it found is worked out anew from what that one saw, in its own time.
      log.info({ cluster: cluster.id, passed }, 'another process compares with the gateway as well')
      return
    }
    const settled =
      last === null || skipped === 0
        ? { settledSeq: auditSeq, settledAt: comparedAt }
        : { settledSeq: last.settledSeq, settledAt: last.settledAt }
    await comparisons.finish(cluster.id, { comparedAt, auditSeq, ...settled, users: listed.length, changes })
    log.info({ cluster: cluster.id, users: listed.length, changes, skipped }, 'compared with the gateway')
  }

  return createRepeat({
    work: () =>
      work().catch((err: unknown) => log.warn({ cluster: cluster.id, err }, 'could not be compared with the gateway')),
    pauseMs: () => PAUSE_MS,
    isDue: isOurs,
  })
}

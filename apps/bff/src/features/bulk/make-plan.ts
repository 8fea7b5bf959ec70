import { type BulkChange, CEILING, MOST_ITEMS } from '@ostor-console/shared/bulk'
import { problem } from '@ostor-console/shared/problem'
import { said } from '@ostor-console/shared/said'
import type { BulkRuns } from '../../adapters/store/bulk-runs.ts'
import type { ClusterParts } from '../../clusters.ts'
import type { Scope } from '../../lists/scope.ts'
import { storedIn } from '../../lists/stored-bytes.ts'
import type { Look, Wanted } from './choice.ts'
import { chosenWithin } from './chosen-within.ts'
import { type Chosen, planOf } from './plan.ts'

const KEPT_MS = 24 * 3_600_000

type Parts = { runs: Pick<BulkRuns, 'create'>; look: Look; now: () => Date }
type Asked = {
  change: BulkChange
  wanted: Wanted
  source: string
  actor: string
  rerunOf: string | null
  scope: Scope | null
}

/** Writes down what a change of many users would do; answers the id of the plan. Nothing is asked of the gateway but lists. */
export const makePlan =
  ({ runs, look, now }: Parts) =>
  async (parts: ClusterParts, { change, wanted, source, actor, rerunOf, scope }: Asked): Promise<string> => {
    const { chosen: meant, listedAt } = await look(parts, wanted)
    const chosen = scope === null ? meant : chosenWithin(scope, { change, wanted, meant })
    if (chosen.length === 0) throw problem('nothing-chosen', { detail: said`Nobody is meant by what was chosen` })
    if (chosen.length > MOST_ITEMS) throw problem('too-many-chosen', { detail: said`At most ${MOST_ITEMS} at once` })
    const items = planOf(change, chosen)
    const createdAt = now()
    const run = {
      cluster_id: parts.cluster.id,
      actor,
      change: JSON.stringify(change),
      source,
      rerun_of: rerunOf,
      per_second: CEILING.usual,
      stored_bytes: storedOf(chosen.filter((_, index) => items[index]?.planned === 'change')),
      listed_at: listedAt,
    }
    return runs.create({ ...run, createdAt, expiresAt: new Date(createdAt.getTime() + KEPT_MS) }, items)
  }

const storedOf = (chosen: Chosen[]): string | null => {
  const stored = storedIn(chosen.flatMap(({ users }) => users))
  return stored === null ? null : String(stored)
}

import type { Priced } from '@ostor-console/shared/plans'
import type { Evidence } from '../../adapters/store/billing-evidence.ts'

const HOUR_MS = 3_600_000

type User = { cluster: string; userId: string }

export const byCluster = (users: readonly User[]): { cluster: string; ids: string[] }[] => {
  const groups = new Map<string, string[]>()
  for (const { cluster, userId } of users) groups.set(cluster, [...(groups.get(cluster) ?? []), userId])
  return [...groups].map(([cluster, ids]) => ({ cluster, ids }))
}

/** Every hour of a month; one of which a cluster knows nothing has no figure. */
export const hoursUnder = async (
  evidence: Evidence,
  metric: Priced,
  users: readonly User[],
  range: { from: Date; to: Date },
): Promise<{ at: string; count: string | null }[]> => {
  const known = await Promise.all(byCluster(users).map((group) => evidence.hours(metric, group, range)))
  const count = Math.round((range.to.getTime() - range.from.getTime()) / HOUR_MS)
  return Array.from({ length: count }, (_, index) => {
    const at = range.from.getTime() + index * HOUR_MS
    const each = known.flatMap((hours) => hours.get(at) ?? [])
    const isKnown = known.length > 0 && each.length === known.length
    return { at: new Date(at).toISOString(), count: isKnown ? String(each.reduce((a, b) => a + b, 0n)) : null }
  })
}

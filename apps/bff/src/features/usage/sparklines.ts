import type { Sparklines } from '@ostor-console/shared/usage'
import type { UsageStore } from '../../adapters/store/usage.ts'
import type { By } from '../../adapters/store/usage-pieces.ts'
import { stepsOf } from '../../lists/steps.ts'
import { type Clock, sourceOf } from './coverage.ts'
import { valueOf } from './metric.ts'
import { coveredSteps } from './series.ts'

const DAY = 86_400
const DAYS = 30

/** Traffic by day, today as the last, of which only a part is known. */
export const sparklinesOf = (
  usage: UsageStore,
  { cluster, by, ids }: { cluster: string; by: By; ids: string[] },
  clock: Clock,
): Promise<Sparklines> => {
  const today = Math.floor(clock.now.getTime() / 1000 / DAY)
  const range = { from: new Date((today - DAYS + 1) * DAY * 1000), to: new Date((today + 1) * DAY * 1000) }
  return usage.reading(cluster, range, async (reading) => {
    const steps = stepsOf(range.from, range.to, DAY)
    const objects = await reading.objects(steps)
    const each = await reading.each(steps, { by, ids })
    const valueAt = new Map(each.map((counts) => [`${counts.step} ${counts.id}`, valueOf('traffic', counts)]))
    const days = coveredSteps(steps, reading.standing, objects, range)
    return {
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      items: ids.map((id) => ({
        id,
        values: days.map(({ atSeconds, coverage }) =>
          coverage === 'unknown' ? null : String(valueAt.get(`${atSeconds} ${id}`) ?? 0n),
        ),
      })),
      source: sourceOf(reading.standing, range, clock),
    }
  })
}

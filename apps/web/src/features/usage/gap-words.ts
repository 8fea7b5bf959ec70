import { plural } from '@lingui/core/macro'
import type { Gap } from '@ostor-console/shared/coverage'
import type { ChartGap } from '../../ui/chart-series.ts'

/** The digits that tell one gateway service from the others. */
export const gatewayName = (serviceId: string): string => `…${serviceId.slice(-2)}`

const SENTENCES: Record<Gap['kind'], (periods: number, gateway: string) => string> = {
  missing: (periods, gateway) =>
    plural(periods, {
      one: `# period missing at gateway ${gateway}`,
      other: `# periods missing at gateway ${gateway}`,
    }),
  short: (periods, gateway) =>
    plural(periods, {
      one: `# period cut short at gateway ${gateway}`,
      other: `# periods cut short at gateway ${gateway}`,
    }),
  overlap: (periods, gateway) =>
    plural(periods, {
      one: `# period counted twice at gateway ${gateway}`,
      other: `# periods counted twice at gateway ${gateway}`,
    }),
}

export const gapText = ({ serviceId, kind, periods }: Pick<Gap, 'serviceId' | 'kind' | 'periods'>): string =>
  SENTENCES[kind](periods, gatewayName(serviceId))

/** Stretches that nobody said were silent. */
const isMissing = ({ kind, accepted }: Gap): boolean => kind !== 'overlap' && !accepted

/** What is hatched on a chart. */
export const hatchesOf = (gaps: Gap[]): ChartGap[] =>
  gaps.filter(isMissing).map((gap) => ({ from: Date.parse(gap.from), to: Date.parse(gap.to), label: gapText(gap) }))

/** What is missing of a range, each with as many periods as lie inside. */
export const missingIn = (gaps: Gap[], range: { from: string; to: string }): Gap[] =>
  gaps.filter(isMissing).flatMap((gap) => {
    const from = Math.max(Date.parse(gap.from), Date.parse(range.from))
    const to = Math.min(Date.parse(gap.to), Date.parse(range.to))
    if (from >= to) return []
    const share = (to - from) / (Date.parse(gap.to) - Date.parse(gap.from))
    const periods = Math.max(1, Math.round(gap.periods * share))
    return [{ ...gap, from: new Date(from).toISOString(), to: new Date(to).toISOString(), periods }]
  })

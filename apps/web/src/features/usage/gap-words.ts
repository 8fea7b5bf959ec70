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

/** What is hatched on a chart: stretches that nobody said were silent. */
export const hatchesOf = (gaps: Gap[]): ChartGap[] =>
  gaps
    .filter(({ kind, accepted }) => kind !== 'overlap' && !accepted)
    .map((gap) => ({ from: Date.parse(gap.from), to: Date.parse(gap.to), label: gapText(gap) }))

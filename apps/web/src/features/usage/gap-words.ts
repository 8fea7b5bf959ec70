import type { Gap } from '@ostor-console/shared/coverage'
import { plural } from '../../format/counts.ts'
import type { ChartGap } from '../../ui/chart-series.ts'

/** The digits that tell one gateway service from the others. */
export const gatewayName = (serviceId: string): string => `…${serviceId.slice(-2)}`

const KINDS = { missing: 'missing', short: 'cut short', overlap: 'counted twice' }

export const gapText = ({ serviceId, kind, periods }: Pick<Gap, 'serviceId' | 'kind' | 'periods'>): string =>
  `${plural(periods, 'period')} ${KINDS[kind]} at gateway ${gatewayName(serviceId)}`

/** What is hatched on a chart: stretches that nobody said were silent. */
export const hatchesOf = (gaps: Gap[]): ChartGap[] =>
  gaps
    .filter(({ kind, accepted }) => kind !== 'overlap' && !accepted)
    .map((gap) => ({ from: Date.parse(gap.from), to: Date.parse(gap.to), label: gapText(gap) }))

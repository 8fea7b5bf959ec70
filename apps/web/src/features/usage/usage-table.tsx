import { useLingui } from '@lingui/react/macro'
import type { UsageSeries } from '@ostor-console/shared/usage'
import { byteFormat, countFormat } from '../../ui/chart-formats.ts'
import { ChartTable } from '../../ui/chart-table.tsx'
import { stepsOf } from './counters.ts'
import { operationSeries, trafficSeries } from './usage-formats.ts'

/** Traffic and operations of each step. */
export function UsageTable({ series }: { series: UsageSeries }) {
  const { t } = useLingui()
  return (
    <ChartTable
      label={t`Usage`}
      steps={stepsOf(series)}
      groups={[
        { series: trafficSeries(), format: byteFormat },
        { series: operationSeries(), format: countFormat },
      ]}
    />
  )
}

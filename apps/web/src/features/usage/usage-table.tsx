import type { UsageSeries } from '@ostor-console/shared/usage'
import { ChartTable } from '../../ui/chart-table.tsx'
import { stepsOf } from './counters.ts'
import { byteFormat, countFormat, OPERATIONS, TRAFFIC } from './usage-formats.ts'

/** Traffic and operations of each step. */
export const UsageTable = ({ series }: { series: UsageSeries }) => (
  <ChartTable
    label="Usage"
    steps={stepsOf(series)}
    groups={[
      { series: TRAFFIC, format: byteFormat },
      { series: OPERATIONS, format: countFormat },
    ]}
  />
)

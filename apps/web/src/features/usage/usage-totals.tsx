import type { UsageSeries } from '@ostor-console/shared/usage'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { compactCount, formatCount } from '../../format/counts.ts'
import { Figure, Figures } from '../../ui/figure.tsx'
import { operationsOf, trafficOf } from './counters.ts'

/** What the whole range comes to. With gaps it is a lower bound, and says so. */
export function UsageTotals({ series: { total, source } }: { series: UsageSeries }) {
  if (!total) return null
  const note = source.coverage === 'complete' ? 'complete' : 'at least: not all is known yet'
  const bytes = (label: string, value: string | bigint, under?: string) => (
    <Figure label={label} value={formatBytes(value)} exact={exactBytes(value)} note={under} />
  )
  const count = (label: string, value: string | bigint, under?: string) => (
    <Figure label={label} value={compactCount(value)} exact={formatCount(value)} note={under} />
  )
  return (
    <Figures>
      {bytes('Traffic', trafficOf(total), note)}
      {bytes('Downloaded', total.downloadedBytes)}
      {bytes('Uploaded', total.uploadedBytes)}
      {count('Operations', operationsOf(total), note)}
      {count('Get', total.getOps)}
      {count('Put', total.putOps)}
      {count('List', total.listOps)}
      {count('Other', total.otherOps)}
    </Figures>
  )
}

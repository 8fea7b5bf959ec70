import { Alert } from '@mantine/core'
import type { BillingMonthDetail, NamedCoverage } from '@ostor-console/shared/billing'
import { plural } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'

/** What is missing of a month, in sentences; `null` when nothing is. */
export function missingOf({ clusters }: Pick<BillingMonthDetail, 'clusters'>): string[] {
  return clusters.flatMap((cluster) => [...storageMissing(cluster), ...trafficMissing(cluster)])
}

const storageMissing = ({ name, storage, storageFrom, storageTo }: NamedCoverage): string[] => {
  if (storage === 'complete') return []
  if (storageFrom === null || storageTo === null) return [`What ${name} stored is not known.`]
  return [`What ${name} stored is known from ${formatInstant(storageFrom)} to ${formatInstant(storageTo)}.`]
}

const trafficMissing = ({ name, traffic, periodsMissing, completeUntil }: NamedCoverage): string[] => {
  if (traffic === 'complete') return []
  if (traffic === 'unknown') return [`Nothing is known of the traffic and operations of ${name}.`]
  const missing = periodsMissing > 0 ? `lack ${plural(periodsMissing, 'period')}` : 'are not final'
  const until = completeUntil === null ? '' : `, and are whole up to ${formatInstant(completeUntil)}`
  return [`Traffic and operations of ${name} ${missing}${until}.`]
}

/** Says why lines say "at least". */
export function MonthCoverage({ month }: { month: BillingMonthDetail }) {
  const missing = month.countedAt === null ? [] : missingOf(month)
  if (missing.length === 0) return null
  return (
    <Alert color={month.state === 'running' ? 'gray' : 'yellow'} title="Not all of this month is known">
      {missing.map((sentence) => (
        <div key={sentence}>{sentence}</div>
      ))}
      <div>Lines over what is missing say “at least”; nothing that is not known counts as 0.</div>
    </Alert>
  )
}

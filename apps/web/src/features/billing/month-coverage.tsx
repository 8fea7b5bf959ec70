import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert } from '@mantine/core'
import type { BillingMonthDetail, NamedCoverage } from '@ostor-console/shared/billing'
import { formatInstant } from '../../format/dates.ts'

type Missing = { key: string; sentence: string }

/** What is missing of a month, in sentences; none when nothing is. */
export const missingOf = ({ clusters, from, to }: Pick<BillingMonthDetail, 'clusters' | 'from' | 'to'>): Missing[] =>
  clusters.flatMap((coverage) => [
    ...(coverage.storage === 'complete'
      ? []
      : [{ key: `${coverage.cluster} storage`, sentence: storageMissing(coverage, { from, to }) }]),
    ...(coverage.traffic === 'complete'
      ? []
      : [{ key: `${coverage.cluster} traffic`, sentence: trafficMissing(coverage) }]),
  ])

const storageMissing = (
  { name, storageFrom, storageTo }: NamedCoverage,
  month: { from: string; to: string },
): string => {
  if (storageFrom === null || storageTo === null) return t`What ${name} stored is not known.`
  if (Date.parse(storageFrom) === Date.parse(month.from) && Date.parse(storageTo) === Date.parse(month.to))
    return t`Some sizes of ${name} were not told or were lost within the month; what it stored is the least.`
  const from = formatInstant(storageFrom)
  const to = formatInstant(storageTo)
  return t`What ${name} stored is known from ${from} to ${to}.`
}

const trafficMissing = ({ name, traffic, periodsMissing, completeUntil }: NamedCoverage): string => {
  if (traffic === 'unknown') return t`Nothing is known of the traffic and operations of ${name}.`
  if (completeUntil === null) {
    if (periodsMissing === 0) return t`Traffic and operations of ${name} are not final.`
    return plural(periodsMissing, {
      one: `Traffic and operations of ${name} lack # period.`,
      other: `Traffic and operations of ${name} lack # periods.`,
    })
  }
  const until = formatInstant(completeUntil)
  if (periodsMissing === 0) return t`Traffic and operations of ${name} are not final, and are whole up to ${until}.`
  return plural(periodsMissing, {
    one: `Traffic and operations of ${name} lack # period, and are whole up to ${until}.`,
    other: `Traffic and operations of ${name} lack # periods, and are whole up to ${until}.`,
  })
}

/** Says why lines say "at least". */
export function MonthCoverage({ month }: { month: BillingMonthDetail }) {
  const { t } = useLingui()
  const missing = month.countedAt === null ? [] : missingOf(month)
  if (missing.length === 0) return null
  return (
    <Alert color={month.state === 'running' ? 'gray' : 'yellow'} title={t`Not all of this month is known`}>
      {missing.map(({ key, sentence }) => (
        <div key={key}>{sentence}</div>
      ))}
      <div>
        <Trans>Lines over what is missing say “at least”; nothing that is not known counts as 0.</Trans>
      </div>
    </Alert>
  )
}

import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import type { StorageSeries } from '@ostor-console/shared/storage'
import { useQuery } from '@tanstack/react-query'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatInstant, formatSpan } from '../../format/dates.ts'
import type { RangeChoice } from '../../format/ranges.ts'
import { subjectOf } from '../../format/whose.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Facts } from '../../ui/facts.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { StaleBanner } from '../../ui/query-panel.tsx'
import { storageQuery } from './storage.queries.ts'
import { sourceText } from './storage-words.ts'
import { isLeast, StoredChart } from './stored-chart.tsx'

type Props = { cluster: string; userId: string; choice: RangeChoice }

/** What a user stored, with nothing to press, and what that rests on. */
export function StorageReport({ cluster, userId, choice }: Props) {
  const { t } = useLingui()
  const storage = useQuery(storageQuery(cluster, choice, { userId }))
  const { data, error, isPlaceholderData, dataUpdatedAt } = storage
  const retry = () => void storage.refetch()
  // What is printed is never the range before.
  if (data === undefined || isPlaceholderData)
    return error ? <ProblemAlert error={error} onRetry={retry} /> : <Skeleton h={240} />
  const { averageBytes, source } = data
  return (
    <section aria-label={t`Stored`}>
      {error && <StaleBanner since={dataUpdatedAt} error={error} onRetry={retry} />}
      <p className="report-span">
        {formatSpan(data.from, data.to)} · {t`read at ${formatInstant(dataUpdatedAt)}`}
      </p>
      {source.coverage === 'unknown' ? (
        <EmptyState title={t`No sizes are known of this period`}>
          <Trans>Sizes are sampled from when the console first ran.</Trans>
        </EmptyState>
      ) : (
        <>
          {averageBytes !== null && (
            <Facts
              items={{
                [averageLabel(data)]: `${formatBytes(averageBytes)} (${exactBytes(averageBytes)})`,
              }}
            />
          )}
          <StoredChart found={data} subject={subjectOf({ userId })} />
        </>
      )}
      <p className="usage-source">{sourceText(source)}</p>
    </section>
  )
}

const averageLabel = (found: StorageSeries): string => {
  if (isLeast(found)) return t`Stored on average, at least`
  return found.source.coverage === 'complete' ? t`Stored on average` : t`Stored on average over the known hours`
}

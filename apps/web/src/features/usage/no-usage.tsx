import { useLingui } from '@lingui/react/macro'
import type { Collector } from '@ostor-console/shared/collector'
import type { Source } from '@ostor-console/shared/coverage'
import { formatInstant } from '../../format/dates.ts'
import { EmptyState } from '../../ui/empty-state.tsx'

type Props = { collector: Collector | undefined; source: Source | undefined }

/** Nothing is known of this range, and why. */
export function NoUsage({ collector, source }: Props) {
  const { t } = useLingui()
  if (collector?.state === 'off') return null
  return (
    <EmptyState title={t`No data in this range`}>
      {source?.historyFrom
        ? t`The history reaches back to ${formatInstant(source.historyFrom)}. Nothing is known of this range, which does not mean that nothing happened in it.`
        : t`No statistics object has been collected yet. The charts fill in as soon as the first one is.`}
    </EmptyState>
  )
}

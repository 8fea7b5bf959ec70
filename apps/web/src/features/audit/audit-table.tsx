import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryContents } from '../../ui/query-panel.tsx'
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx'
import { auditQuery } from './audit.queries.ts'
import type { AuditFilter } from './audit.search.ts'
import { AuditRows } from './audit-rows.tsx'
import { useReverseDialog } from './reverse-button.tsx'
import '../../ui/data-table.css'
import './audit.css'

type Props = { cluster: string; filter: AuditFilter; empty?: ReactNode }

/** Who did what, newest first; older entries are fetched below. */
export function AuditTable({ cluster, filter, empty = <NothingYet /> }: Props) {
  const { t } = useLingui()
  const [dialog, onReverse] = useReverseDialog(cluster)
  const audit = useInfiniteQuery(auditQuery(cluster, filter))

  return (
    <>
      {dialog}
      <QueryContents
        query={audit}
        inset
        skeleton={<RowsSkeleton />}
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={empty}
      >
        {({ pages }) => (
          <>
            <AuditRows
              label={t`Audit`}
              entries={pages.flatMap(({ items }) => items)}
              busy={audit.isPlaceholderData}
              onReverse={onReverse}
            />
            <div className="audit-more">
              {audit.hasNextPage || audit.isPlaceholderData ? (
                <ActionButton
                  variant="default"
                  busy={audit.isFetchingNextPage || audit.isPlaceholderData}
                  onClick={() => void audit.fetchNextPage()}
                >
                  <Trans>Older</Trans>
                </ActionButton>
              ) : (
                <span className="dimmed">
                  <Trans>That is all</Trans>
                </span>
              )}
            </div>
          </>
        )}
      </QueryContents>
    </>
  )
}

function NothingYet() {
  const { t } = useLingui()
  return (
    <EmptyState title={t`Nothing was done yet`}>
      <Trans>Every change is written down here.</Trans>
    </EmptyState>
  )
}

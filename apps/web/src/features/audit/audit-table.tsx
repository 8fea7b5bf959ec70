import { Button } from '@mantine/core'
import type { Action } from '@ostor-console/shared/audit'
import { useInfiniteQuery } from '@tanstack/react-query'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryContents } from '../../ui/query-panel.tsx'
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx'
import { auditQuery } from './audit.queries.ts'
import { AuditRows } from './audit-rows.tsx'
import { useReverseDialog } from './reverse-button.tsx'
import '../../ui/data-table.css'
import './audit.css'

type Props = { cluster: string; userId?: string; bucket?: string; action?: Action | undefined }

/** Who did what, newest first; older entries are fetched below. */
export function AuditTable({ cluster, userId, bucket, action }: Props) {
  const filter = {
    ...(userId !== undefined && { userId }),
    ...(bucket !== undefined && { bucket }),
    ...(action !== undefined && { action }),
  }
  const [dialog, onReverse] = useReverseDialog(cluster)
  const audit = useInfiniteQuery(auditQuery(cluster, filter))
  const whole = userId === undefined && bucket === undefined
  const title = action ? 'Nothing of this kind was done' : 'Nothing was done yet'

  return (
    <>
      {dialog}
      <QueryContents
        query={audit}
        inset
        skeleton={<RowsSkeleton />}
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<EmptyState title={title}>Every change{whole && ' and every sign-in'} is written down here.</EmptyState>}
      >
        {({ pages }) => (
          <>
            <AuditRows label="Audit" entries={pages.flatMap(({ items }) => items)} onReverse={onReverse} />
            <div className="audit-more">
              {audit.hasNextPage ? (
                <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
                  Older
                </Button>
              ) : (
                <span className="dimmed">That is all</span>
              )}
            </div>
          </>
        )}
      </QueryContents>
    </>
  )
}

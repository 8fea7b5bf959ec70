import { said } from '@ostor-console/shared/said'
import type { Audit } from './adapters/store/audit.ts'
import { isUndecided } from './adapters/store/audit-unseen.ts'
import type { BulkItems, OpenItem } from './adapters/store/bulk-items.ts'

type Parts = { cluster: string; items: BulkItems; audit: Pick<Audit, 'end'>; now: () => Date }

const NOTHING_SENT = said`Nothing was sent: the console ended just before`

/** Brings what is known by now of changes whose end nobody saw from the audit to their items. It sends nothing. */
export const learnEnds = async ({ cluster, items, audit, now }: Parts): Promise<void> => {
  for (const item of await items.open(cluster)) await learn({ items, audit, now }, item)
}

const learn = async ({ items, audit, now }: Omit<Parts, 'cluster'>, item: OpenItem): Promise<void> => {
  const { run_id: runId, position, operation_id: operationId, outcome, detail, user_id: userId } = item
  if (!item.begun) {
    if (outcome === 'started') await audit.end(operationId, { outcome: 'not-done', detail: NOTHING_SENT })
    await items.release(runId, position, operationId, false)
    return
  }
  if (outcome === null || outcome === 'started') return
  const isOpen = outcome === 'unknown' && !isUndecided(detail)
  if (isOpen && item.state === 'unknown') return
  await items.finish(runId, position, operationId, {
    state: STATES[outcome],
    ...(detail !== null && { detail }),
    userId,
    endedAt: isOpen ? null : now(),
  })
}

const STATES = { done: 'done', refused: 'refused', 'not-done': 'failed', unknown: 'unknown' } as const

import { Trans, useLingui } from '@lingui/react/macro'
import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { scheduledQuery } from './scheduled.queries.ts'
import { type OnScheduled, ScheduledButtons, useScheduledDialog } from './scheduled-buttons.tsx'
import { ENDED_WORDS, SCHEDULED_WORDS } from './scheduled-words.ts'
import './scheduled.css'

/** The queue that everybody sees, and what became of it in the last week. */
export function ScheduledPanel({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const scheduled = useQuery(scheduledQuery(cluster))
  const [dialog, ask] = useScheduledDialog(cluster)
  return (
    <>
      {dialog}
      <QueryPanel
        title={t`Waiting for their date`}
        query={scheduled}
        flush
        skeleton={<RowsSkeleton />}
        isEmpty={({ open }) => open.length === 0}
        empty={
          <EmptyState title={t`Nothing waits`}>
            <Trans>No deletion and no revocation is put off.</Trans>
          </EmptyState>
        }
      >
        {({ open }) => <Rows cluster={cluster} label={t`Waiting for their date`} changes={open} onAsk={ask} />}
      </QueryPanel>
      {(scheduled.data?.ended.length ?? 0) > 0 && (
        <QueryPanel title={t`Waited, and ended in the last week`} query={scheduled} flush>
          {({ ended }) => (
            <Rows cluster={cluster} label={t`Waited, and ended in the last week`} changes={ended} onAsk={ask} />
          )}
        </QueryPanel>
      )}
    </>
  )
}

type Props = { cluster: string; label: string; changes: readonly ScheduledChange[]; onAsk: OnScheduled }

function Rows({ cluster, label, changes, onAsk }: Props) {
  const { t } = useLingui()
  return (
    <EntriesTable label={label} columns={[t`Date`, t`Action`, t`Target`, t`Asked for by`, t`State`]}>
      {changes.map((change) => (
        <Row key={change.id} cluster={cluster} change={change} onAsk={onAsk} />
      ))}
    </EntriesTable>
  )
}

type RowProps = { cluster: string; change: ScheduledChange; onAsk: OnScheduled }

function Row({ cluster, change, onAsk }: RowProps) {
  const { t } = useLingui()
  const { action, dueAt, endedAt, endedBy, askedBy, state, detail, isRotation } = change
  const { word, tone } = ENDED_WORDS[state]
  return (
    <tr>
      <td data-label={t`Date`}>
        <span className="num">{formatInstant(endedAt ?? dueAt)}</span>
        <span className="entries-under">
          <Age at={endedAt ?? dueAt} />
        </span>
      </td>
      <td data-label={t`Action`}>
        {t(SCHEDULED_WORDS[action])}
        {isRotation && <span className="entries-under">{t`end of a rotation`}</span>}
      </td>
      <td data-label={t`Target`}>
        <Target cluster={cluster} change={change} />
      </td>
      <td data-label={t`Asked for by`}>
        <ForeignText text={askedBy} cap={64} />
      </td>
      <td data-label={t`State`}>
        <StateDot tone={tone}>{t(word)}</StateDot>
        {endedBy && endedBy !== 'console' && (
          <span className="entries-under">
            <Trans>
              by <ForeignText text={endedBy} cap={64} />
            </Trans>
          </span>
        )}
        {detail && (
          <span className="entries-under">
            <ServerSentence text={detail} cap={200} />
          </span>
        )}
        <ScheduledButtons change={change} onAsk={onAsk} />
      </td>
    </tr>
  )
}

function Target({ cluster, change: { email, userId, keyId } }: { cluster: string; change: ScheduledChange }) {
  return (
    <>
      <Link className="link" to="/c/$cluster/users/$userId" params={{ cluster, userId }}>
        <ForeignText text={email || userId} cap={80} />
      </Link>
      {keyId && <span className="entries-under mono">{keyId}</span>}
    </>
  )
}

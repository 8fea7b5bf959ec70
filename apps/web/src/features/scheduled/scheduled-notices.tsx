import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { NoticeLine } from '../../ui/notice-line.tsx'
import { ScheduledButtons, useScheduledDialog } from './scheduled-buttons.tsx'
import './scheduled.css'

type Props = { cluster: string; changes: readonly ScheduledChange[] }

/** What waits for its date here, as a line for each that says when, by whom, and how to stop it. */
export function ScheduledNotices({ cluster, changes }: Props) {
  const [dialog, ask] = useScheduledDialog(cluster)
  return (
    <>
      {dialog}
      {changes.map((change) => (
        <NoticeLine key={change.id}>
          <output>
            <What change={change} /> <Age at={change.dueAt} />, on {formatInstant(change.dueAt)}, unless it is stopped
          </output>
          <span className="dimmed">
            asked for by <ForeignText text={change.askedBy} cap={64} />
          </span>
          {change.detail && <span className="scheduled-late">Not yet done: {change.detail}</span>}
          <ScheduledButtons change={change} onAsk={ask} />
        </NoticeLine>
      ))}
    </>
  )
}

function What({ change: { action, keyId, state } }: { change: ScheduledChange }) {
  if (action === 'user.delete') return state === 'running' ? 'This user is being deleted' : 'This user will be deleted'
  return (
    <>
      The key <ForeignText text={keyId ?? ''} cap={40} mono />{' '}
      {state === 'running' ? 'is being revoked' : 'will be revoked'}
    </>
  )
}

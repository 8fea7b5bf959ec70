import { useLingui } from '@lingui/react'
import { Trans } from '@lingui/react/macro'
import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import { formatInstant } from '../../format/dates.ts'
import { Age } from '../../ui/age.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { NoticeLine } from '../../ui/notice-line.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
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
            <What change={change} />
          </output>
          <span className="dimmed">
            <Trans>
              asked for by <ForeignText text={change.askedBy} cap={64} />
            </Trans>
          </span>
          {change.detail && <Late detail={change.detail} />}
          <ScheduledButtons change={change} onAsk={ask} />
        </NoticeLine>
      ))}
    </>
  )
}

function Late({ detail }: { detail: string }) {
  const why = <ServerSentence text={detail} />
  return (
    <span className="scheduled-late">
      <Trans>Not yet done: {why}</Trans>
    </span>
  )
}

function What({ change: { action, keyId, state, dueAt } }: { change: ScheduledChange }) {
  useLingui()
  const isRunning = state === 'running'
  const date = formatInstant(dueAt)
  if (action === 'user.delete') {
    return isRunning ? (
      <Trans>
        This user is being deleted <Age at={dueAt} />, on {date}, unless it is stopped
      </Trans>
    ) : (
      <Trans>
        This user will be deleted <Age at={dueAt} />, on {date}, unless it is stopped
      </Trans>
    )
  }
  const key = <ForeignText text={keyId ?? ''} cap={40} mono />
  return isRunning ? (
    <Trans>
      The key {key} is being revoked <Age at={dueAt} />, on {date}, unless it is stopped
    </Trans>
  ) : (
    <Trans>
      The key {key} will be revoked <Age at={dueAt} />, on {date}, unless it is stopped
    </Trans>
  )
}

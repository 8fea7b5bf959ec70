import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import { type ReactNode, useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { formatInstant } from '../../format/dates.ts'
import { typedText } from '../../format/due.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DueField, useDue } from '../../ui/due-field.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { useMoveScheduled, useStopScheduled } from './scheduled.queries.ts'

type Asked = { change: ScheduledChange; to: 'stop' | 'move' } | null
export type OnScheduled = (asked: Asked) => void

const WHAT: Record<ScheduledChange['action'], string> = { 'user.delete': 'deletion', 'key.revoke': 'revocation' }

/** What can be done about something that still waits. */
export function ScheduledButtons({ change, onAsk }: { change: ScheduledChange; onAsk: OnScheduled }) {
  const { action, keyId, email, state } = change
  if (state !== 'waiting') return null
  const of = `the ${WHAT[action]} of ${keyId ?? email}`
  return (
    <span className="scheduled-buttons">
      <VerbButton
        verb="scheduled.change"
        size="compact-xs"
        variant="default"
        aria-label={`Change the date of ${of}`}
        onClick={() => onAsk({ change, to: 'move' })}
      >
        Change date…
      </VerbButton>
      <VerbButton
        verb="scheduled.change"
        size="compact-xs"
        variant="default"
        aria-label={`Stop ${of}`}
        onClick={() => onAsk({ change, to: 'stop' })}
      >
        Stop…
      </VerbButton>
    </span>
  )
}

/** One dialog for a whole page, so that it stays open when the line it was opened from goes. */
export function useScheduledDialog(cluster: string): [ReactNode, OnScheduled] {
  const [asked, ask] = useState<Asked>(null)
  const close = () => ask(null)
  if (asked === null) return [null, ask]
  const Dialog = asked.to === 'stop' ? StopDialog : MoveDialog
  return [<Dialog key={asked.change.id} cluster={cluster} change={asked.change} onClose={close} />, ask]
}

type Props = { cluster: string; change: ScheduledChange; onClose: () => void }

function StopDialog({ cluster, change, onClose }: Props) {
  const stop = useStopScheduled(cluster)
  const { action, keyId, email, dueAt, isRotation } = change
  return (
    <ConfirmDialog
      title={`Stop this ${WHAT[action]}?`}
      confirmLabel={`Stop the ${WHAT[action]}`}
      pending={stop.isPending}
      error={stop.error}
      onConfirm={() => stop.mutate(change.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className={keyId === null ? '' : 'mono'}>
        <ForeignText text={keyId ?? email} cap={120} />
      </p>
      <p>
        It was to happen on {formatInstant(dueAt)}, and will not.
        {isRotation && ' Both keys go on working; revoke one of them when it is no longer used.'}
      </p>
    </ConfirmDialog>
  )
}

function MoveDialog({ cluster, change, onClose }: Props) {
  const move = useMoveScheduled(cluster)
  const when = useDue({ delay: 'date', text: typedText(change.dueAt) })
  const save = (dueAt: string | null) => {
    if (dueAt !== null) move.mutate({ id: change.id, dueAt }, { onSuccess: onClose })
  }
  return (
    <ConfirmDialog
      title={`Change the date of this ${WHAT[change.action]}`}
      confirmLabel="Save"
      pending={move.isPending}
      error={move.error}
      onConfirm={() => when.confirm(save)}
      onClose={onClose}
    >
      <DueField label="When" {...when.field} />
    </ConfirmDialog>
  )
}

import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ScheduledChange } from '@ostor-console/shared/scheduled'
import { type ReactNode, useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { formatInstant } from '../../format/dates.ts'
import { typedText } from '../../format/days.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DueField, useDue } from '../../ui/due-field.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { useMoveScheduled, useStopScheduled } from './scheduled.queries.ts'

type Asked = { change: ScheduledChange; to: 'stop' | 'move' } | null
export type OnScheduled = (asked: Asked) => void

type Words = { move: MessageDescriptor; stop: MessageDescriptor; confirm: MessageDescriptor }

const WORDS: Record<ScheduledChange['action'], Words> = {
  'user.delete': {
    move: msg`Change the date of this deletion`,
    stop: msg`Stop this deletion?`,
    confirm: msg`Stop the deletion`,
  },
  'key.revoke': {
    move: msg`Change the date of this revocation`,
    stop: msg`Stop this revocation?`,
    confirm: msg`Stop the revocation`,
  },
}

/** What can be done about something that still waits. */
export function ScheduledButtons({ change, onAsk }: { change: ScheduledChange; onAsk: OnScheduled }) {
  const { t } = useLingui()
  const { action, keyId, email, state } = change
  if (state !== 'waiting') return null
  const who = keyId ?? email
  const isDeletion = action === 'user.delete'
  return (
    <span className="scheduled-buttons">
      <VerbButton
        verb="scheduled.change"
        size="compact-xs"
        variant="default"
        aria-label={
          isDeletion ? t`Change the date of the deletion of ${who}` : t`Change the date of the revocation of ${who}`
        }
        onClick={() => onAsk({ change, to: 'move' })}
      >
        <Trans>Change date…</Trans>
      </VerbButton>
      <VerbButton
        verb="scheduled.change"
        size="compact-xs"
        variant="default"
        aria-label={isDeletion ? t`Stop the deletion of ${who}` : t`Stop the revocation of ${who}`}
        onClick={() => onAsk({ change, to: 'stop' })}
      >
        <Trans>Stop…</Trans>
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
  const { t } = useLingui()
  const stop = useStopScheduled(cluster)
  const { action, keyId, email, dueAt, isRotation } = change
  const date = formatInstant(dueAt)
  return (
    <ConfirmDialog
      title={t(WORDS[action].stop)}
      confirmLabel={t(WORDS[action].confirm)}
      pending={stop.isPending}
      error={stop.error}
      onConfirm={() => stop.mutate(change.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className={keyId === null ? '' : 'mono'}>
        <ForeignText text={keyId ?? email} cap={120} />
      </p>
      <p>
        <Trans>It was to happen on {date}, and will not.</Trans>
        {isRotation && (
          <>
            {' '}
            <Trans>Both keys go on working; revoke one of them when it is no longer used.</Trans>
          </>
        )}
      </p>
    </ConfirmDialog>
  )
}

function MoveDialog({ cluster, change, onClose }: Props) {
  const { t } = useLingui()
  const move = useMoveScheduled(cluster)
  const when = useDue({ delay: 'date', text: typedText(change.dueAt) })
  const save = (dueAt: string | null) => {
    if (dueAt !== null) move.mutate({ id: change.id, dueAt }, { onSuccess: onClose })
  }
  return (
    <ConfirmDialog
      title={t(WORDS[change.action].move)}
      confirmLabel={t`Save`}
      pending={move.isPending}
      error={move.error}
      onConfirm={() => when.confirm(save)}
      onClose={onClose}
    >
      <DueField label={t`When`} {...when.field} />
    </ConfirmDialog>
  )
}

import type { BulkRun } from '@ostor-console/shared/bulk'
import { useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { formatCount, plural } from '../../format/counts.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { type Move, useMove } from './bulk.queries.ts'

type Props = { cluster: string; run: BulkRun; onAgain: (runId: string) => void; onDiscarded: () => void }

/** What can be done with a run as it stands. */
export function RunActions({ cluster, run, onAgain, onDiscarded }: Props) {
  const move = useMove(cluster, run.id)
  const [stopping, setStopping] = useState(false)
  const button = (label: string, to: Exclude<Move['to'], 'start'>, onSuccess?: (next: BulkRun | undefined) => void) => (
    <VerbButton
      verb="bulk.run"
      variant="default"
      loading={move.isPending && move.variables.to === to}
      onClick={() => move.mutate({ to }, { onSuccess: (next) => onSuccess?.(next) })}
    >
      {label}
    </VerbButton>
  )
  const isOpen = run.state === 'running' || run.state === 'paused'
  return (
    <>
      {move.error && !stopping && (
        <span className="bulk-error" role="alert">
          {move.error.message}
        </span>
      )}
      {run.state === 'planned' && button('Discard the plan', 'discard', onDiscarded)}
      {run.state === 'running' && button('Pause', 'pause')}
      {run.state === 'paused' && button('Go on', 'resume')}
      {isOpen && (
        <VerbButton verb="bulk.run" variant="default" onClick={() => setStopping(true)}>
          Stop…
        </VerbButton>
      )}
      {run.again > 0 &&
        button(`Run the failed ones again (${formatCount(run.again)})`, 'again', (next) => next && onAgain(next.id))}
      {stopping && (
        <ConfirmDialog
          title="Stop for good?"
          confirmLabel="Stop"
          danger
          pending={move.isPending}
          error={move.error}
          onConfirm={() => move.mutate({ to: 'stop' }, { onSuccess: () => setStopping(false) })}
          onClose={() => setStopping(false)}
        >
          <p>
            {plural(run.counts.waiting, 'user')} who {run.counts.waiting === 1 ? 'was' : 'were'} not begun will be left
            as they are. What is done stays done. They can be run again from here later.
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}

import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { BulkRun } from '@ostor-console/shared/bulk'
import { useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { formatCount } from '../../format/counts.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ErrorSentence } from '../../ui/error-sentence.tsx'
import { type Move, useMove } from './bulk.queries.ts'

type Props = { cluster: string; run: BulkRun; onAgain: (runId: string) => void; onDiscarded: () => void }

/** What can be done with a run as it stands. */
export function RunActions({ cluster, run, onAgain, onDiscarded }: Props) {
  const { t } = useLingui()
  const move = useMove(cluster, run.id)
  const [stopping, setStopping] = useState(false)
  const button = (label: string, to: Exclude<Move['to'], 'start'>, onSuccess?: (next: BulkRun | undefined) => void) => (
    <VerbButton
      verb="bulk.run"
      variant="default"
      busy={move.isPending && move.variables.to === to}
      onClick={() => move.mutate({ to }, { onSuccess: (next) => onSuccess?.(next) })}
    >
      {label}
    </VerbButton>
  )
  const again = formatCount(run.again)
  const isOpen = run.state === 'running' || run.state === 'paused'
  return (
    <>
      {move.error && !stopping && (
        <span className="bulk-error" role="alert">
          <ErrorSentence error={move.error} />
        </span>
      )}
      {run.state === 'planned' && button(t`Discard the plan`, 'discard', onDiscarded)}
      {isOpen && (run.state === 'running' ? button(t`Pause`, 'pause') : button(t`Go on`, 'resume'))}
      {isOpen && (
        <VerbButton verb="bulk.run" variant="default" onClick={() => setStopping(true)}>
          <Trans>Stop…</Trans>
        </VerbButton>
      )}
      {run.again > 0 && button(t`Run the failed ones again (${again})`, 'again', (next) => next && onAgain(next.id))}
      {stopping && (
        <ConfirmDialog
          title={t`Stop for good?`}
          confirmLabel={t`Stop`}
          danger
          pending={move.isPending}
          error={move.error}
          onConfirm={() => move.mutate({ to: 'stop' }, { onSuccess: () => setStopping(false) })}
          onClose={() => setStopping(false)}
        >
          <p>
            {plural(run.counts.waiting, {
              one: '# user who was not begun will be left as they are.',
              other: '# users who were not begun will be left as they are.',
            })}{' '}
            <Trans>What is done stays done. They can be run again from here later.</Trans>
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}

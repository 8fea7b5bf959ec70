import { NumberInput } from '@mantine/core'
import { type BulkRun, CEILING } from '@ostor-console/shared/bulk'
import { useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount, plural } from '../../format/counts.ts'
import { formatDuration } from '../../format/durations.ts'
import { Age } from '../../ui/age.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Figure, Figures } from '../../ui/figure.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useMove } from './bulk.queries.ts'
import './bulk.css'

/** With all the readings before and after a change. */
const REQUESTS_FOR_ONE = 6

/** What a plan would do, and the button that lets it. */
export function StartPanel({ cluster, run }: { cluster: string; run: BulkRun }) {
  const { change, planned, listedAt, expiresAt } = run
  const start = useMove(cluster, run.id)
  const [perSecond, setPerSecond] = useState<number>(run.perSecond)
  const [asking, setAsking] = useState(false)
  const go = (confirmCount?: number) =>
    start.mutate({ to: 'start', perSecond, ...(confirmCount !== undefined && { confirmCount }) })

  return (
    <>
      <Figures>
        <Figure
          label="To be changed"
          value={formatCount(planned.change)}
          note={`about ${formatDuration((planned.change * REQUESTS_FOR_ONE) / perSecond)}`}
        />
        <Figure label="So already" value={formatCount(planned.already)} note="not written to" />
        <Figure label="Refused" value={formatCount(planned.refused)} note="each with its reason below" />
      </Figures>
      <p className="bulk-note">
        As the lists were <Age at={listedAt} />; each user is looked at once more when their turn comes.
        {expiresAt && (
          <>
            {' '}
            A plan that is not started goes <Age at={expiresAt} />.
          </>
        )}
      </p>
      <div className="bulk-start">
        <NumberInput
          label="Requests to the gateway in a second, at most"
          description="One user takes about six: readings before and after."
          min={CEILING.least}
          max={CEILING.most}
          clampBehavior="strict"
          allowDecimal={false}
          value={perSecond}
          onChange={(value) => setPerSecond(Math.max(CEILING.least, Number(value)))}
        />
        <VerbButton
          verb="bulk.run"
          color={change.action === 'delete' ? 'red' : 'blue'}
          disabled={planned.change === 0}
          loading={start.isPending}
          onClick={() => (change.action === 'delete' ? setAsking(true) : go())}
        >
          {change.action === 'delete' ? 'Start deleting…' : 'Start'}
        </VerbButton>
      </div>
      {start.error && !asking && <ProblemAlert error={start.error} />}
      {asking && (
        <ConfirmDialog
          title={`Delete ${plural(planned.change, 'user')}?`}
          confirmLabel={`Delete ${plural(planned.change, 'user')}`}
          danger
          typed={{
            label: `Type ${planned.change} to confirm`,
            text: String(planned.change),
          }}
          pending={start.isPending}
          error={start.error}
          onConfirm={() => go(planned.change)}
          onClose={() => setAsking(false)}
        >
          <p>
            {plural(planned.change, 'user')} and all of their keys are removed from the gateway.{' '}
            <strong>This cannot be undone.</strong> <Stored bytes={run.storedBytes} /> Whoever owns buckets is not
            deleted.
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}

const Stored = ({ bytes }: { bytes: string | null }) =>
  bytes === null ? (
    <>What they store is not known of all of them.</>
  ) : (
    <>
      They store <span title={exactBytes(bytes)}>{formatBytes(bytes)}</span>.
    </>
  )

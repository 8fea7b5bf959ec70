import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { NumberInput } from '@mantine/core'
import { type BulkRun, CEILING } from '@ostor-console/shared/bulk'
import { useRef, useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { formatDuration } from '../../format/durations.ts'
import { Age } from '../../ui/age.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Figure, Figures } from '../../ui/figure.tsx'
import { useHeadingAfterwards } from '../../ui/focus.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useMove } from './bulk.queries.ts'
import { runTitle } from './bulk-words.ts'
import './bulk.css'

/** With all the readings before and after a change. */
const REQUESTS_FOR_ONE = 6

/** What a plan would do, and the button that lets it. */
export function StartPanel({ cluster, run }: { cluster: string; run: BulkRun }) {
  const { t } = useLingui()
  const { change, planned, listedAt, expiresAt } = run
  const start = useMove(cluster, run.id)
  const [perSecond, setPerSecond] = useState<number>(run.perSecond)
  const [asking, setAsking] = useState(false)
  const duration = formatDuration((planned.change * REQUESTS_FOR_ONE) / perSecond)
  const typed = String(planned.change)
  const startRow = useRef<HTMLDivElement>(null)
  useHeadingAfterwards(startRow)
  const go = (confirmCount?: number) =>
    start.mutate({ to: 'start', perSecond, ...(confirmCount !== undefined && { confirmCount }) })

  return (
    <>
      <Figures>
        <Figure label={t`To be changed`} value={formatCount(planned.change)} note={t`about ${duration}`} />
        <Figure label={t`So already`} value={formatCount(planned.already)} note={t`not written to`} />
        <Figure label={t`Refused`} value={formatCount(planned.refused)} note={t`each with its reason below`} />
      </Figures>
      <p className="bulk-note">
        <Trans>
          As the lists were <Age at={listedAt} />; each user is looked at once more when their turn comes.
        </Trans>
        {expiresAt && (
          <>
            {' '}
            <Trans>
              A plan that is not started goes <Age at={expiresAt} />.
            </Trans>
          </>
        )}
      </p>
      <div ref={startRow} className="bulk-start">
        <NumberInput
          label={t`Requests to the gateway in a second, at most`}
          description={t`One user takes about six: readings before and after.`}
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
          busy={start.isPending}
          onClick={() => (change.action === 'delete' ? setAsking(true) : go())}
        >
          {change.action === 'delete' ? t`Start deleting…` : t`Start`}
        </VerbButton>
      </div>
      {start.error && !asking && <ProblemAlert error={start.error} />}
      {asking && (
        <ConfirmDialog
          title={plural(planned.change, { one: 'Delete # user?', other: 'Delete # users?' })}
          confirmLabel={runTitle(run)}
          danger
          typed={{
            label: t`Type ${typed} to confirm`,
            text: typed,
          }}
          pending={start.isPending}
          error={start.error}
          onConfirm={() => go(planned.change)}
          onClose={() => setAsking(false)}
        >
          <p>
            {plural(planned.change, {
              one: '# user and all of their keys are removed from the gateway.',
              other: '# users and all of their keys are removed from the gateway.',
            })}{' '}
            <strong>
              <Trans>This cannot be undone.</Trans>
            </strong>{' '}
            <Stored bytes={run.storedBytes} /> <Trans>Whoever owns buckets is not deleted.</Trans>
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}

const Stored = ({ bytes }: { bytes: string | null }) =>
  bytes === null ? (
    <Trans>What they store is not known of all of them.</Trans>
  ) : (
    <Trans>
      They store <span title={exactBytes(bytes)}>{formatBytes(bytes)}</span>.
    </Trans>
  )

import { Alert, Progress } from '@mantine/core'
import type { BulkRun, ItemState } from '@ostor-console/shared/bulk'
import { Link } from '@tanstack/react-router'
import { formatCount, plural } from '../../format/counts.ts'
import { formatDuration } from '../../format/durations.ts'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { ITEM_STATES, ITEM_WORDS } from './bulk-words.ts'
import './bulk.css'

const COLOURS: Partial<Record<ItemState, string>> = {
  done: 'var(--good)',
  already: 'var(--mantine-color-gray-5)',
  refused: 'var(--bad)',
  failed: 'var(--bad)',
  unknown: 'var(--warn)',
}

/** How far a run is, by what became of its items; each count leads to the items it counts. */
type Props = { cluster: string; run: BulkRun; onShow: (state: ItemState) => void }

export function RunProgress({ cluster, run, onShow }: Props) {
  const { counts, total, restsBecause, behind } = run
  // What is not known once a run has ended cannot be told any more.
  const isOpen = run.state === 'ended' ? 0 : counts.unknown
  const over = total - counts.waiting - counts['under-way'] - isOpen
  return (
    <div className="bulk-progress">
      {behind && (
        <Alert color="gray" title="It waits for another bulk change and goes on by itself">
          One at a time works on this cluster, the first started first. Before this one comes{' '}
          {behind.id === null ? (
            'one that is not of your users'
          ) : (
            <Link to="/c/$cluster/bulk/$runId" params={{ cluster, runId: behind.id }} search={{}} className="link">
              {behind.title}
            </Link>
          )}
          .
        </Alert>
      )}
      {restsBecause && (
        <Alert color="yellow" role="alert" title="It waits for the gateway and goes on by itself">
          <ForeignText text={restsBecause} />
        </Alert>
      )}
      <Progress.Root size="lg">
        {ITEM_STATES.filter((state) => COLOURS[state] && counts[state] > 0).map((state) => (
          <Progress.Section
            key={state}
            value={(counts[state] / total) * 100}
            color={COLOURS[state] ?? ''}
            aria-label={`${ITEM_WORDS[state].word}: ${counts[state]}`}
          />
        ))}
      </Progress.Root>
      <output className="bulk-pace">
        {formatCount(over)} of {plural(total, 'user')} settled
        <Pace run={run} />
      </output>
      <ul className="bulk-counts">
        {ITEM_STATES.filter((state) => counts[state] > 0).map((state) => (
          <li key={state}>
            <button type="button" className="bulk-count" onClick={() => onShow(state)}>
              <StateDot tone={ITEM_WORDS[state].tone}>
                {formatCount(counts[state])} {ITEM_WORDS[state].word}
              </StateDot>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Pace({ run }: { run: BulkRun }) {
  const { state, heldBy, perSecond, perMinute, secondsLeft, counts, restsBecause, behind } = run
  if (state === 'paused') return <> · paused by {heldBy}</>
  // While it rests, no pace says when it ends.
  if (state !== 'running' || restsBecause !== null || behind !== null) return null
  if (counts.waiting === 0 && counts.unknown > 0) return <> · finding out how the last ones ended</>
  return (
    <>
      {' '}
      · at most {plural(perSecond, 'request')} a second
      {perMinute !== null && ` · ${Math.round(perMinute)} users a minute`}
      {secondsLeft !== null && secondsLeft > 0 && ` · about ${formatDuration(secondsLeft)} left`}
    </>
  )
}

import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Progress } from '@mantine/core'
import type { BulkRun, ItemState } from '@ostor-console/shared/bulk'
import { Link } from '@tanstack/react-router'
import { formatCount } from '../../format/counts.ts'
import { formatDuration } from '../../format/durations.ts'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { countText, ITEM_STATES, ITEM_WORDS } from './bulk-words.ts'
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
  const { t } = useLingui()
  const { counts, total, restsBecause, behind } = run
  // What is not known once a run has ended cannot be told any more.
  const isOpen = run.state === 'ended' ? 0 : counts.unknown
  const over = total - counts.waiting - counts['under-way'] - isOpen
  const settled = formatCount(over)
  return (
    <div className="bulk-progress">
      {behind && (
        <Alert color="gray" title={t`It waits for another bulk change and goes on by itself`}>
          {behind.id === null ? (
            <Trans>
              One at a time works on this cluster, the first started first. Before this one comes one that is not of
              your users.
            </Trans>
          ) : (
            <Trans>
              One at a time works on this cluster, the first started first. Before this one comes{' '}
              <RunLink cluster={cluster} runId={behind.id} title={behind.title} />.
            </Trans>
          )}
        </Alert>
      )}
      {restsBecause && (
        <Alert color="yellow" role="alert" title={t`It waits for the gateway and goes on by itself`}>
          <ServerSentence text={restsBecause} cap={200} />
        </Alert>
      )}
      <Progress.Root size="lg">
        {ITEM_STATES.filter((state) => COLOURS[state] && counts[state] > 0).map((state) => (
          <Progress.Section
            key={state}
            value={(counts[state] / total) * 100}
            color={COLOURS[state] ?? ''}
            aria-label={nameAndCount(t(ITEM_WORDS[state].word), String(counts[state]))}
          />
        ))}
      </Progress.Root>
      <div className="bulk-pace">
        {plural(total, { one: `${settled} of # user settled`, other: `${settled} of # users settled` })}
        <Pace run={run} />
      </div>
      <ul className="bulk-counts">
        {ITEM_STATES.filter((state) => counts[state] > 0).map((state) => (
          <li key={state}>
            <button type="button" className="bulk-count" onClick={() => onShow(state)}>
              <StateDot tone={ITEM_WORDS[state].tone}>{countText(state, counts[state])}</StateDot>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

const nameAndCount = (name: string, count: string): string => t`${name}: ${count}`

type LinkProps = { cluster: string; runId: string; title: string }

const RunLink = ({ cluster, runId, title }: LinkProps) => (
  <Link to="/c/$cluster/bulk/$runId" params={{ cluster, runId }} search={{}} className="link">
    <ServerSentence text={title} />
  </Link>
)

function Pace({ run }: { run: BulkRun }) {
  const { t } = useLingui()
  const { state, heldBy, perSecond, perMinute, secondsLeft, counts, restsBecause, behind } = run
  if (state === 'paused') {
    return (
      <>
        {' · '}
        <Trans>
          paused by <ForeignText text={heldBy ?? ''} cap={64} />
        </Trans>
      </>
    )
  }
  // While it rests, no pace says when it ends.
  if (state !== 'running' || restsBecause !== null || behind !== null) return null
  if (counts.waiting === 0 && counts.unknown > 0) return ` · ${t`finding out how the last ones ended`}`
  const left = secondsLeft === null || secondsLeft <= 0 ? null : formatDuration(secondsLeft)
  return [
    '',
    plural(perSecond, { one: 'at most # request a second', other: 'at most # requests a second' }),
    ...(perMinute === null
      ? []
      : [plural(Math.round(perMinute), { one: '# user a minute', other: '# users a minute' })]),
    ...(left === null ? [] : [t`about ${left} left`]),
  ].join(' · ')
}

import type { GapEntry } from '@ostor-console/shared/gaps'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { formatCount } from '../../format/counts.ts'
import { formatSpan } from '../../format/dates.ts'
import { formatDuration } from '../../format/durations.ts'
import { Age } from '../../ui/age.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { KIND_WORDS } from './gap-kinds.ts'

type Props = { cluster: string; gaps: GapEntry[]; busy: boolean; onDecide: (gap: GapEntry) => void }

const gapKey = ({ serviceId, kind, from }: Pick<GapEntry, 'serviceId' | 'kind' | 'from'>): string =>
  `${serviceId} ${kind} ${from}`

export function GapsTable({ cluster, gaps, busy, onDecide }: Props) {
  const columns = useMemo(() => columnsOf(cluster, onDecide), [cluster, onDecide])
  return <DataTable label="Gaps" rows={gaps} columns={columns} rowKey={gapKey} busy={busy} sideways />
}

const columnsOf = (cluster: string, onDecide: Props['onDecide']): Column<GapEntry>[] => [
  { id: 'when', header: 'Time', cell: ({ from, to }) => <span className="num">{formatSpan(from, to)}</span> },
  { id: 'service', header: 'Gateway service', cell: ({ serviceId }) => <ForeignText text={serviceId} mono /> },
  {
    id: 'kind',
    header: 'What',
    cell: ({ kind, from, to, periods }) => (
      <span title={KIND_WORDS[kind].meaning}>
        {KIND_WORDS[kind].word}, {formatCount(periods)} {periods === 1 ? 'period' : 'periods'} (
        {formatDuration((Date.parse(to) - Date.parse(from)) / 1000)})
      </span>
    ),
  },
  { id: 'objects', header: 'Known of it', cell: (gap) => <Objects cluster={cluster} gap={gap} /> },
  { id: 'state', header: 'State', cell: (gap) => <State gap={gap} /> },
  {
    id: 'decide',
    header: '',
    cell: (gap) =>
      gap.kind === 'overlap' ? null : (
        <VerbButton verb="statistics.decide" size="compact-xs" variant="default" onClick={() => onDecide(gap)}>
          {gap.accepted ? 'Reopen…' : 'Nothing is missing…'}
        </VerbButton>
      ),
  },
]

function Objects({ cluster, gap: { objects } }: { cluster: string; gap: GapEntry }) {
  const [first, ...others] = objects
  if (!first) return <span className="dimmed">the gateway lists nothing here</span>
  return (
    <span title={objects.map(({ name, reason }) => `${name}: ${reason}`).join('\n')}>
      <Link to="/c/$cluster/statistics/$name" params={{ cluster, name: first.name }} className="link">
        {others.length === 0 ? 'one object is not counted' : `${objects.length} objects are not counted`}
      </Link>
    </span>
  )
}

function State({ gap: { kind, accepted, acceptedBy, acceptedAt, note } }: { gap: GapEntry }) {
  if (kind === 'overlap') return <StateDot tone="warn">counted twice</StateDot>
  if (!accepted) return <StateDot tone="bad">open</StateDot>
  return (
    <span title={note ?? undefined}>
      <StateDot tone="good">nothing missing</StateDot>{' '}
      <span className="dimmed">
        said {acceptedBy} {acceptedAt && <Age at={acceptedAt} />}
      </span>
    </span>
  )
}

import type { StatisticsObject } from '@ostor-console/shared/statistics'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { formatDuration } from '../../format/durations.ts'
import { Age } from '../../ui/age.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { STATE_WORDS } from './statistics-words.ts'

type Props = { cluster: string; objects: StatisticsObject[]; busy: boolean }

export function StatisticsTable({ cluster, objects, busy }: Props) {
  const columns = useMemo(() => columnsOf(cluster), [cluster])
  return (
    <div className="statistics-scroll">
      <DataTable
        label="Statistics objects"
        rows={objects}
        columns={columns}
        rowKey={({ name }) => name}
        busy={busy}
        sideways
      />
    </div>
  )
}

const columnsOf = (cluster: string): Column<StatisticsObject>[] => [
  {
    id: 'name',
    header: 'Object',
    cell: ({ name }) => (
      <Link to="/c/$cluster/statistics/$name" params={{ cluster, name }}>
        <ForeignText text={name} cap={96} mono />
      </Link>
    ),
  },
  { id: 'start', header: 'Start', cell: ({ startedAt }) => <span className="num">{formatInstant(startedAt)}</span> },
  { id: 'period', header: 'Period', cell: (object) => <Period object={object} /> },
  { id: 'state', header: 'State', cell: (object) => <State object={object} /> },
  {
    id: 'rows',
    header: 'Rows',
    numeric: true,
    cell: ({ itemCount }) => (itemCount === null ? '–' : formatCount(itemCount)),
  },
  { id: 'read', header: 'Read', cell: ({ readAt }) => (readAt === null ? '–' : <Age at={readAt} />) },
]

function State({ object: { state, reason } }: { object: StatisticsObject }) {
  const { word, tone, meaning } = STATE_WORDS[state]
  return (
    <span title={reason ?? meaning}>
      <StateDot tone={tone}>{word}</StateDot>
    </span>
  )
}

/** What is really covered; the name's own period where the two differ. */
export function Period({ object: { periodSeconds, nominalSeconds } }: { object: StatisticsObject }) {
  if (periodSeconds === null) return `${formatDuration(nominalSeconds)} by its name`
  if (periodSeconds === nominalSeconds) return formatDuration(periodSeconds)
  return `${formatDuration(periodSeconds)} of ${formatDuration(nominalSeconds)}`
}

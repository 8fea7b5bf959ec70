import type { BulkRun } from '@ostor-console/shared/bulk'
import { bulkTitle } from '@ostor-console/shared/bulk-words'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Age } from '../../ui/age.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { countsText, RUN_WORDS } from './bulk-words.ts'
import './bulk.css'

type Props = { cluster: string; runs: BulkRun[]; busy: boolean }

export function RunsTable({ cluster, runs, busy }: Props) {
  const columns = useMemo(() => columnsOf(cluster), [cluster])
  return <DataTable label="Bulk changes" rows={runs} columns={columns} rowKey={keyOf} busy={busy} />
}

const keyOf = ({ id }: BulkRun): string => id

const columnsOf = (cluster: string): Column<BulkRun>[] => [
  {
    id: 'what',
    header: 'What',
    cell: (run) => (
      <>
        <Link to="/c/$cluster/bulk/$runId" params={{ cluster, runId: run.id }} search={{}} className="bulk-link">
          {bulkTitle(run.change, run.planned)}
        </Link>
        <span className="bulk-more">{countsText(run)}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: '110px',
    cell: ({ state }) => <StateDot tone={RUN_WORDS[state].tone}>{RUN_WORDS[state].word}</StateDot>,
  },
  { id: 'counts', header: 'Users', wide: true, cell: (run) => countsText(run) },
  {
    id: 'actor',
    header: 'Admin',
    wide: true,
    width: '220px',
    cell: ({ actor }) => <ForeignText text={actor} cap={64} />,
  },
  { id: 'at', header: 'Made', wide: true, width: '140px', cell: ({ createdAt }) => <Age at={createdAt} /> },
]

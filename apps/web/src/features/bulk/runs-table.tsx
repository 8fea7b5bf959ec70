import { useLingui } from '@lingui/react/macro'
import type { BulkRun } from '@ostor-console/shared/bulk'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Age } from '../../ui/age.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { countsText, RUN_WORDS, runTitle } from './bulk-words.ts'
import './bulk.css'

type Props = { cluster: string; runs: BulkRun[]; busy: boolean }

export function RunsTable({ cluster, runs, busy }: Props) {
  const { t } = useLingui()
  const columns = useColumns(cluster)
  return <DataTable label={t`Bulk changes`} rows={runs} columns={columns} rowKey={keyOf} busy={busy} />
}

const keyOf = ({ id }: BulkRun): string => id

function useColumns(cluster: string): Column<BulkRun>[] {
  const { t } = useLingui()
  return useMemo(
    () => [
      {
        id: 'what',
        header: t`What`,
        cell: (run) => (
          <>
            <Link to="/c/$cluster/bulk/$runId" params={{ cluster, runId: run.id }} search={{}} className="bulk-link">
              {runTitle(run)}
            </Link>
            <span className="bulk-more">{countsText(run)}</span>
          </>
        ),
      },
      {
        id: 'state',
        header: t`State`,
        width: '110px',
        cell: ({ state }) => <StateDot tone={RUN_WORDS[state].tone}>{t(RUN_WORDS[state].word)}</StateDot>,
      },
      { id: 'counts', header: t`Users`, wide: true, cell: (run) => countsText(run) },
      {
        id: 'actor',
        header: t`Admin`,
        wide: true,
        from: 'laptop',
        width: '220px',
        cell: ({ actor }) => <ForeignText text={actor} cap={64} />,
      },
      {
        id: 'at',
        header: t({ message: 'Made', context: 'when it was made' }),
        wide: true,
        width: '140px',
        cell: ({ createdAt }) => <Age at={createdAt} />,
      },
    ],
    [cluster, t],
  )
}

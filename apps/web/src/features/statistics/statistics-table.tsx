import { useLingui } from '@lingui/react/macro'
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
import { useServerText } from '../../words/server-words.ts'
import { STATE_WORDS } from './statistics-words.ts'

type Props = { cluster: string; objects: StatisticsObject[]; busy: boolean }

export function StatisticsTable({ cluster, objects, busy }: Props) {
  const { t } = useLingui()
  const columns = useColumns(cluster)
  return (
    <div className="statistics-scroll">
      <DataTable
        label={t`Statistics objects`}
        rows={objects}
        columns={columns}
        rowKey={({ name }) => name}
        busy={busy}
        sideways
      />
    </div>
  )
}

const useColumns = (cluster: string): Column<StatisticsObject>[] => {
  const { t } = useLingui()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Object`,
        cell: ({ name }) => (
          <Link to="/c/$cluster/statistics/$name" params={{ cluster, name }}>
            <ForeignText text={name} cap={96} mono />
          </Link>
        ),
      },
      {
        id: 'start',
        header: t({ message: 'Start', context: 'of a period' }),
        cell: ({ startedAt }) => <span className="num">{formatInstant(startedAt)}</span>,
      },
      { id: 'period', header: t`Period`, cell: (object) => <Period object={object} /> },
      { id: 'state', header: t`State`, cell: (object) => <State object={object} /> },
      {
        id: 'rows',
        header: t`Rows`,
        numeric: true,
        cell: ({ itemCount }) => (itemCount === null ? '–' : formatCount(itemCount)),
      },
      {
        id: 'read',
        header: t({ message: 'Read', context: 'when it was read' }),
        cell: ({ readAt }) => (readAt === null ? '–' : <Age at={readAt} />),
      },
    ],
    [t, cluster],
  )
}

function State({ object: { state, reason } }: { object: StatisticsObject }) {
  const { t } = useLingui()
  const inWords = useServerText()
  const { word, tone, meaning } = STATE_WORDS[state]
  return (
    <span title={reason === null ? t(meaning) : inWords(reason)}>
      <StateDot tone={tone}>{t(word)}</StateDot>
    </span>
  )
}

/** What is really covered; the name's own period where the two differ. */
export function Period({ object: { periodSeconds, nominalSeconds } }: { object: StatisticsObject }) {
  const { t } = useLingui()
  const nominal = formatDuration(nominalSeconds)
  if (periodSeconds === null) return t`${nominal} by its name`
  if (periodSeconds === nominalSeconds) return nominal
  const covered = formatDuration(periodSeconds)
  return t`${covered} of ${nominal}`
}

import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useView } from '../../address/use-view.ts'
import { instantRange, type RangeChoice } from '../../format/ranges.ts'
import { subjectOf } from '../../format/whose.ts'
import { ChartRoom } from '../../ui/chart-room.tsx'
import { ChartTable } from '../../ui/chart-table.tsx'
import { CsvButton } from '../../ui/csv-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { ViewSwitch } from '../../ui/view-switch.tsx'
import { type Subject, storageQuery } from './storage.queries.ts'
import { sourceText, stepsOf, storageRows } from './storage-words.ts'
import { StoredChart, storedFormat, storedSeries } from './stored-chart.tsx'

type Props = { cluster: string; choice: RangeChoice; onChoose: (choice: RangeChoice) => void } & Subject

/** What was stored, hour by hour, of the cluster, a user or a bucket. */
export function StoragePanel({ cluster, choice, onChoose, ...subject }: Props) {
  const { t } = useLingui()
  const [view, setView] = useView('stored-view')
  const storage = useQuery(storageQuery(cluster, choice, subject))
  const { data } = storage
  return (
    <QueryPanel
      title={t`Stored`}
      note={data && sourceText(data.source)}
      query={storage}
      skeleton={view === 'chart' && <ChartRoom series={storedSeries()} hasTotal />}
      isEmpty={({ source }) => source.coverage === 'unknown'}
      empty={
        <EmptyState title={t`No sizes in this range`}>
          <Trans>
            Sizes are sampled every hour from when the console first ran; the gateway itself does not know yesterday's.
          </Trans>
        </EmptyState>
      }
      actions={
        <>
          <ViewSwitch label={t`Show sizes as`} view={view} onView={setView} />
          {data && (
            <CsvButton
              name={['stored', subject.bucket ?? subject.userId ?? 'cluster', data.from.slice(0, 16)].join('_')}
              rows={() => storageRows(data)}
            />
          )}
        </>
      }
    >
      {(found) =>
        view === 'table' ? (
          <ChartTable
            label={t`Stored`}
            steps={stepsOf(found)}
            groups={[{ series: storedSeries(), format: storedFormat(found) }]}
          />
        ) : (
          <StoredChart
            found={found}
            subject={subjectOf(subject)}
            onZoom={(from, to) => onChoose(instantRange(from, to))}
          />
        )
      }
    </QueryPanel>
  )
}

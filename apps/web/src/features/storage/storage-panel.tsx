import { useQuery } from '@tanstack/react-query'
import { useView } from '../../address/use-view.ts'
import { instantRange, type RangeChoice } from '../../format/ranges.ts'
import { subjectOf } from '../../format/whose.ts'
import { ChartTable } from '../../ui/chart-table.tsx'
import { CsvButton } from '../../ui/csv-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { ViewSwitch } from '../../ui/view-switch.tsx'
import { type Subject, storageQuery } from './storage.queries.ts'
import { sourceText, stepsOf, storageRows } from './storage-words.ts'
import { FORMAT, SERIES, StoredChart } from './stored-chart.tsx'

type Props = { cluster: string; choice: RangeChoice; onChoose: (choice: RangeChoice) => void } & Subject

/** What was stored, hour by hour, of the cluster, a user or a bucket. */
export function StoragePanel({ cluster, choice, onChoose, ...subject }: Props) {
  const [view, setView] = useView('stored-view')
  const storage = useQuery(storageQuery(cluster, choice, subject))
  const { data } = storage
  return (
    <QueryPanel
      title="Stored"
      note={data && sourceText(data.source)}
      query={storage}
      isEmpty={({ source }) => source.coverage === 'unknown'}
      empty={
        <EmptyState title="No sizes in this range">
          Sizes are sampled every hour from when the console first ran; the gateway itself does not know yesterday's.
        </EmptyState>
      }
      actions={
        <>
          <ViewSwitch label="Show sizes as" view={view} onView={setView} />
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
          <ChartTable label="Stored" steps={stepsOf(found)} groups={[{ series: SERIES, format: FORMAT }]} />
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

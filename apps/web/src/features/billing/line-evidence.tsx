import { Button } from '@mantine/core'
import type { Priced } from '@ostor-console/shared/plans'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatClock, formatDay, formatInstant } from '../../format/dates.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryContents, QueryPanel } from '../../ui/query-panel.tsx'
import { hoursQuery, objectsQuery } from './billing.queries.ts'
import { exactCount, hoursText, METRIC_WORDS } from './billing-words.ts'
import './billing.css'

type Hour = { at: string; count: string | null }
type Day = { day: string; hours: Hour[]; known: Hour[]; sum: bigint }
type Props = { month: string; bill: string; metric: Priced }

const daysOf = (hours: readonly Hour[]): Day[] => {
  const days = new Map<string, Hour[]>()
  for (const hour of hours) {
    const day = formatDay(hour.at)
    days.set(day, [...(days.get(day) ?? []), hour])
  }
  return [...days].map(([day, own]) => {
    const known = own.filter(({ count }) => count !== null)
    return { day, hours: own, known, sum: known.reduce((sum, { count }) => sum + BigInt(count ?? '0'), 0n) }
  })
}

/** What lies under a line: days, the hours of one, and the statistics objects of one hour. */
export function LineEvidence({ month, bill, metric }: Props) {
  const hours = useQuery(hoursQuery(month, bill, metric))
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <QueryPanel
      title={`${METRIC_WORDS[metric]} by day`}
      note="As the store has it now. Choose a day for its hours, and an hour for what was read."
      query={hours}
      isEmpty={(data) => data.hours.length === 0}
      empty={<EmptyState title="No hours" />}
    >
      {(data) => {
        const days = daysOf(data.hours)
        const most = days.reduce((max, { sum }) => (sum > max ? sum : max), 1n)
        const open = days.find(({ day }) => day === chosen)
        return (
          <div className="stack">
            <div className="day-bars">
              {days.map((each) => (
                <DayBar
                  key={each.day}
                  day={each}
                  most={most}
                  metric={metric}
                  isOpen={each === open}
                  onOpen={() => setChosen(each.day)}
                />
              ))}
            </div>
            {open && <DayHours month={month} bill={bill} metric={metric} day={open} />}
          </div>
        )
      }}
    </QueryPanel>
  )
}

type BarProps = { day: Day; most: bigint; metric: Priced; isOpen: boolean; onOpen: () => void }

function DayBar({ day: { day, known, sum }, most, metric, isOpen, onOpen }: BarProps) {
  const isKnown = known.length > 0
  const height = Number((sum * 80n) / most)
  const text = isKnown ? hoursText(metric, sum, known.length) : 'not known'
  return (
    <button
      type="button"
      className={isKnown ? 'day' : 'day day-unknown'}
      aria-pressed={isOpen}
      aria-label={`${day}: ${text}`}
      title={`${day}: ${text}`}
      onClick={onOpen}
    >
      <i aria-hidden="true" style={isKnown ? { height } : undefined} />
      {day.split(' ')[0]}
    </button>
  )
}

function DayHours({ day: { day, hours }, ...of }: Props & { day: Day }) {
  const [at, setAt] = useState<string | null>(null)
  return (
    <>
      <EntriesTable
        label={`Hours of ${day}`}
        columns={['Hour', METRIC_WORDS[of.metric], 'Every digit', 'What was read']}
      >
        {hours.map((hour) => (
          <tr key={hour.at}>
            <td data-label="Hour">{formatClock(hour.at)}</td>
            <td data-label={METRIC_WORDS[of.metric]}>
              {hour.count === null ? (
                <span className="dimmed">not known</span>
              ) : (
                hoursText(of.metric, BigInt(hour.count), 1)
              )}
            </td>
            <td data-label="Every digit">{hour.count !== null && exactCount(of.metric, hour.count)}</td>
            <td aria-label="What was read">
              {hour.count !== null && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-pressed={at === hour.at}
                  aria-label={`What was read at ${formatClock(hour.at)}`}
                  onClick={() => setAt(hour.at)}
                >
                  {of.metric === 'storage' ? 'Buckets' : 'Objects'}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </EntriesTable>
      {at !== null && <HourObjects {...of} at={at} />}
    </>
  )
}

function HourObjects({ month, bill, metric, at }: Props & { at: string }) {
  const objects = useQuery(objectsQuery(month, bill, metric, at))
  const what = metric === 'storage' ? 'Buckets' : 'Statistics objects'
  return (
    <QueryContents
      query={objects}
      isEmpty={({ items }) => items.length === 0}
      empty={<EmptyState title={`Nothing begins at ${formatInstant(at)}`} />}
    >
      {({ items }) => (
        <EntriesTable label={`${what} at ${formatInstant(at)}`} columns={[what, 'Cluster', 'In it', 'State']}>
          {items.map(({ cluster, name, count, isFinal }) => (
            <tr key={`${cluster} ${name}`}>
              <td data-label={what}>
                <ForeignText text={name} mono />
              </td>
              <td data-label="Cluster">{cluster}</td>
              <td data-label="In it">{exactCount(metric, count)}</td>
              <td data-label="State">{isFinal ? 'final' : 'may still grow'}</td>
            </tr>
          ))}
        </EntriesTable>
      )}
    </QueryContents>
  )
}

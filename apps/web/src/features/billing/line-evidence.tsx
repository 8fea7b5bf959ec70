import { Button } from '@mantine/core'
import type { BillLine } from '@ostor-console/shared/bills'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '../../format/counts.ts'
import { formatClock, formatDay, formatInstant } from '../../format/dates.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryContents, QueryPanel } from '../../ui/query-panel.tsx'
import { hoursQuery, objectsQuery } from './billing.queries.ts'
import { exactCount, hoursText, METRIC_WORDS, monthName } from './billing-words.ts'
import './billing.css'

type Span = { at: string; hours: number; count: string | null; isWhole: boolean }
type Day = { day: string; spans: Span[]; sum: bigint; knownHours: number }
type Props = { month: string; bill: string; line: BillLine }

const daysOf = (spans: readonly Span[]): Day[] => {
  const days = new Map<string, Span[]>()
  for (const span of spans) {
    const day = formatDay(span.at)
    days.set(day, [...(days.get(day) ?? []), span])
  }
  return [...days].map(([day, own]) => {
    const known = own.filter(({ count }) => count !== null)
    return {
      day,
      spans: own,
      sum: known.reduce((sum, { count }) => sum + BigInt(count ?? '0'), 0n),
      knownHours: known.reduce((sum, { hours }) => sum + hours, 0),
    }
  })
}

/** What lies under a line: days, the hours of one, and the statistics objects of one hour. */
export function LineEvidence({ month, bill, line }: Props) {
  const { lineNo, metric, kind, ofMonth } = line
  const hours = useQuery(hoursQuery(month, bill, lineNo))
  const [chosen, setChosen] = useState<string | null>(null)
  const isCorrection = kind === 'correction'
  return (
    <QueryPanel
      title={`${METRIC_WORDS[metric]} by day${isCorrection ? ` of ${monthName(ofMonth)}` : ''}`}
      note={
        isCorrection
          ? 'All of that month, as the store has it now: the correction is what this comes to, less what was billed of it.'
          : 'As the store has it now. Choose a day for its hours, and an hour for what was read.'
      }
      query={hours}
      isEmpty={(data) => data.hours.length === 0}
      empty={<EmptyState title="No hours" />}
    >
      {(data) => {
        const days = daysOf(data.hours)
        const most = days.reduce((max, day) => (levelOf(day) > max ? levelOf(day) : max), 1n)
        const open = days.find(({ day }) => day === chosen)
        return (
          <div className="stack">
            <div className="day-bars">
              {days.map((each) => (
                <DayBar
                  key={each.day}
                  day={each}
                  most={most}
                  line={line}
                  isOpen={each === open}
                  onOpen={() => setChosen(each.day)}
                />
              ))}
            </div>
            {open && <DayHours key={open.day} month={month} bill={bill} line={line} day={open} />}
          </div>
        )
      }}
    </QueryPanel>
  )
}

/** What a day's bar stands for, by the day: a figure may be for more hours than the day has. */
const levelOf = ({ sum, knownHours }: Day): bigint => (knownHours <= 24 ? sum : (sum * 24n) / BigInt(knownHours))

type BarProps = { day: Day; most: bigint; line: BillLine; isOpen: boolean; onOpen: () => void }

function DayBar({ day: own, most, line, isOpen, onOpen }: BarProps) {
  const { day, sum, knownHours } = own
  const isKnown = knownHours > 0
  const height = Number((levelOf(own) * 80n) / most)
  const text = isKnown ? hoursText(line, sum, knownHours) : 'not known'
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

const timeOf = ({ at, hours }: Span): string =>
  hours === 1 ? formatClock(at) : `${formatClock(at)} and ${plural(hours - 1, 'hour')} after`

function DayHours({ day: { day, spans }, ...of }: Props & { day: Day }) {
  const [at, setAt] = useState<string | null>(null)
  const { metric } = of.line
  const chosen = spans.find((span) => span.at === at)
  return (
    <>
      <EntriesTable label={`Hours of ${day}`} columns={['Hour', METRIC_WORDS[metric], 'Every digit', 'What was read']}>
        {spans.map((span) => (
          <tr key={span.at}>
            <td data-label="Hour">{timeOf(span)}</td>
            <td data-label={METRIC_WORDS[metric]}>
              {span.count === null ? (
                <span className="dimmed">not known</span>
              ) : (
                `${span.isWhole ? '' : 'at least '}${hoursText(of.line, BigInt(span.count), span.hours)}`
              )}
            </td>
            <td data-label="Every digit">{span.count !== null && exactCount(metric, span.count)}</td>
            <td aria-label="What was read">
              {span.count !== null && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-pressed={at === span.at}
                  aria-label={`What was read at ${formatClock(span.at)}`}
                  onClick={() => setAt(span.at)}
                >
                  {metric === 'storage' ? 'Buckets' : 'Objects'}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </EntriesTable>
      {chosen && <HourObjects {...of} span={chosen} />}
    </>
  )
}

function HourObjects({ month, bill, line: { lineNo, metric }, span }: Props & { span: Span }) {
  const { at } = span
  const objects = useQuery(objectsQuery(month, bill, lineNo, span))
  const what = metric === 'storage' ? 'Buckets' : 'Statistics objects'
  return (
    <QueryContents
      query={objects}
      isEmpty={({ items }) => items.length === 0}
      empty={<EmptyState title={`Nothing begins at ${formatInstant(at)}`} />}
    >
      {({ items }) => (
        <EntriesTable label={`${what} at ${formatInstant(at)}`} columns={[what, 'Cluster', 'In it', 'State']}>
          {items.map(({ cluster, clusterName, name, count, isFinal }) => (
            <tr key={`${cluster} ${name}`}>
              <td data-label={what}>
                <ForeignText text={name} mono />
              </td>
              <td data-label="Cluster">
                <ForeignText text={clusterName} cap={60} />
              </td>
              <td data-label="In it">{exactCount(metric, count)}</td>
              <td data-label="State">{isFinal ? 'final' : 'may still grow'}</td>
            </tr>
          ))}
        </EntriesTable>
      )}
    </QueryContents>
  )
}

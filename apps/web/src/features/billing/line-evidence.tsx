import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { BillLine } from '@ostor-console/shared/bills'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatClock, formatDay, formatDayOfMonth, formatInstant } from '../../format/dates.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryContents, QueryPanel } from '../../ui/query-panel.tsx'
import { hoursQuery, objectsQuery } from './billing.queries.ts'
import { exactCount, hoursText, METRIC_WORDS, monthName } from './billing-words.ts'
import './billing.css'

type Span = { at: string; hours: number; count: string | null; isWhole: boolean }
/** `at` is when its first figures begin, which it is known by; `day` is its name. */
type Day = { at: string; day: string; spans: Span[]; sum: bigint; knownHours: number }
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
      at: own[0]?.at ?? '',
      day,
      spans: own,
      sum: known.reduce((sum, { count }) => sum + BigInt(count ?? '0'), 0n),
      knownHours: known.reduce((sum, { hours }) => sum + hours, 0),
    }
  })
}

/** What lies under a line: days, the hours of one, and the statistics objects of one hour. */
export function LineEvidence({ month, bill, line }: Props) {
  const { t } = useLingui()
  const { lineNo, kind } = line
  const hours = useQuery(hoursQuery(month, bill, lineNo))
  const [chosen, setChosen] = useState<string | null>(null)
  const isCorrection = kind === 'correction'
  const what = t(METRIC_WORDS[line.metric])
  const ofMonth = monthName(line.ofMonth)
  return (
    <QueryPanel
      title={isCorrection ? t`${what} by day of ${ofMonth}` : t`${what} by day`}
      note={
        isCorrection
          ? t`All of that month, as the store has it now: the correction is what this comes to, less what was billed of it.`
          : t`As the store has it now. Choose a day for its hours, and an hour for what was read.`
      }
      query={hours}
      isEmpty={(data) => data.hours.length === 0}
      empty={<EmptyState title={t`No hours`} />}
    >
      {(data) => {
        const days = daysOf(data.hours)
        const most = days.reduce((max, day) => (levelOf(day) > max ? levelOf(day) : max), 1n)
        const open = days.find(({ at }) => at === chosen)
        return (
          <div className="stack">
            <div className="day-bars">
              {days.map((each) => (
                <DayBar
                  key={each.at}
                  day={each}
                  most={most}
                  line={line}
                  isOpen={each === open}
                  onOpen={() => setChosen(each.at)}
                />
              ))}
            </div>
            {open && <DayHours key={open.at} month={month} bill={bill} line={line} day={open} />}
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
  const { t } = useLingui()
  const { at, day, sum, knownHours } = own
  const isKnown = knownHours > 0
  const height = Number((levelOf(own) * 80n) / most)
  const text = isKnown ? hoursText(line, sum, knownHours) : t`not known`
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
      {formatDayOfMonth(at)}
    </button>
  )
}

const timeOf = ({ at, hours }: Span): string => {
  const clock = formatClock(at)
  return hours === 1
    ? clock
    : plural(hours - 1, { one: `${clock} and # hour after`, other: `${clock} and # hours after` })
}

function DayHours({ day: { day, spans }, ...of }: Props & { day: Day }) {
  const { t } = useLingui()
  const [at, setAt] = useState<string | null>(null)
  const { metric } = of.line
  const what = t(METRIC_WORDS[metric])
  const chosen = spans.find((span) => span.at === at)
  return (
    <>
      <EntriesTable label={t`Hours of ${day}`} columns={[t`Hour`, what, t`Every digit`, t`What was read`]}>
        {spans.map((span) => (
          <HourRow key={span.at} line={of.line} span={span} isOpen={at === span.at} onOpen={() => setAt(span.at)} />
        ))}
      </EntriesTable>
      {chosen && <HourObjects {...of} span={chosen} />}
    </>
  )
}

type HourProps = { line: BillLine; span: Span; isOpen: boolean; onOpen: () => void }

function HourRow({ line, span, isOpen, onOpen }: HourProps) {
  const { t } = useLingui()
  const { metric } = line
  const { at, count, hours, isWhole } = span
  const quantity = count === null ? null : hoursText(line, BigInt(count), hours)
  const clock = formatClock(at)
  return (
    <tr>
      <td data-label={t`Hour`}>{timeOf(span)}</td>
      <td data-label={t(METRIC_WORDS[metric])}>
        {quantity === null ? (
          <span className="dimmed">{t`not known`}</span>
        ) : isWhole ? (
          quantity
        ) : (
          t`at least ${quantity}`
        )}
      </td>
      <td data-label={t`Every digit`}>{count !== null && exactCount(metric, count)}</td>
      <td aria-label={t`What was read`}>
        {count !== null && (
          <Button
            size="compact-xs"
            variant="default"
            aria-pressed={isOpen}
            aria-label={t`What was read at ${clock}`}
            onClick={onOpen}
          >
            {metric === 'storage' ? t`Buckets` : t`Objects`}
          </Button>
        )}
      </td>
    </tr>
  )
}

function HourObjects({ month, bill, line: { lineNo, metric }, span }: Props & { span: Span }) {
  const { t } = useLingui()
  const { at } = span
  const objects = useQuery(objectsQuery(month, bill, lineNo, span))
  const isStorage = metric === 'storage'
  const what = isStorage ? t`Buckets` : t`Statistics objects`
  const when = formatInstant(at)
  return (
    <QueryContents
      query={objects}
      isEmpty={({ items }) => items.length === 0}
      empty={<EmptyState title={t`Nothing begins at ${when}`} />}
    >
      {({ items }) => (
        <EntriesTable
          label={isStorage ? t`Buckets at ${when}` : t`Statistics objects at ${when}`}
          columns={[what, t`Cluster`, t`In it`, t`State`]}
        >
          {items.map(({ cluster, clusterName, name, count, isFinal }) => (
            <tr key={`${cluster} ${name}`}>
              <td data-label={what}>
                <ForeignText text={name} mono />
              </td>
              <td data-label={t`Cluster`}>
                <ForeignText text={clusterName} cap={60} />
              </td>
              <td data-label={t`In it`}>{exactCount(metric, count)}</td>
              <td data-label={t`State`}>{isFinal ? t`final` : t`may still grow`}</td>
            </tr>
          ))}
        </EntriesTable>
      )}
    </QueryContents>
  )
}

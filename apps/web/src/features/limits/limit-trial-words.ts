import type { HighestMean, LimitOnPast, LimitTrial, TrialWindow } from '@ostor-console/shared/limit-trial'
import { NewBandwidthLimit, NewOpsLimit } from '@ostor-console/shared/limits'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount, plural } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { formatDuration } from '../../format/durations.ts'
import { FIELDS, type Field, type FieldName, limitText } from './limit-fields.ts'
import type { Difference } from './limits-change.ts'

/** The changes that can be tried, as a query string: unlimited is never over, and what cannot be saved is not tried. */
export const proposedOf = (changes: readonly Difference[]): string =>
  new URLSearchParams(
    changes.flatMap(({ field, to }) => {
      const schema = field.group === 'bandwidth' ? NewBandwidthLimit : NewOpsLimit
      return to !== 'unlimited' && schema.safeParse(to).success ? [[field.name, String(to)]] : []
    }),
  ).toString()

export type TrialLine = { name: FieldName; text: string; warns: boolean }

/** One sentence for each limit that was tried and that the form still changes. */
export const linesOf = ({ windows }: LimitTrial, changed: readonly string[]): TrialLine[] => {
  const [week, month] = windows
  if (!week || !month) return []
  return FIELDS.flatMap((field) => {
    const tried = changed.includes(field.name) && week.limits.find((one) => one.field === field.name)
    const before = month.limits.find((one) => one.field === field.name)
    return tried ? [lineOf(field, tried, week, before, month)] : []
  })
}

const UNTOLD = 'cannot be tried on the past: the statistics count deletions and all other operations as one number.'

const lineOf = (
  field: Field,
  { limit, finding }: LimitOnPast,
  week: TrialWindow,
  before: LimitOnPast | undefined,
  month: TrialWindow,
): TrialLine => {
  const { name, label, unit } = field
  const what = `${label} at ${limitText(limit, unit)}`
  if (!finding) return { name, text: `${what} ${UNTOLD}`, warns: false }
  if (week.periodsKnown === 0)
    return { name, text: `${what} cannot be tried: no period of the last ${week.days} days is known.`, warns: false }

  const overInMonth = before?.finding?.periodsOver ?? 0
  const earlier =
    overInMonth > finding.periodsOver &&
    ` In the last ${month.days} days it would have been over in at least ${formatCount(overInMonth)} of ${formatCount(month.periodsKnown)}.`
  const bits = finding.periodsOverInBits ?? 0
  const inBits =
    bits > finding.periodsOver &&
    ` If the gateway's kb means kilobits, it would have been over in at least ${formatCount(bits)} of them.`
  const over =
    finding.periodsOver > 0
      ? ` would have been over in at least ${formatCount(finding.periodsOver)} of ${periodsOf(week)}.`
      : finding.highest
        ? ` is above the mean of each of ${periodsOf(week)}.`
        : `: nothing of the kind was counted in ${periodsOf(week)}.`
  return {
    name,
    text: [`${what}${over}`, inBits, earlier, finding.highest && ` ${highestText(field, finding.highest)}`]
      .filter(Boolean)
      .join(''),
    warns: finding.periodsOver > 0 || bits > 0 || overInMonth > 0,
  }
}

/** `the 672 known periods of 30 min at 2 gateways in the last 7 days`. */
const periodsOf = ({ days, periodsKnown, periodSeconds, gateways }: TrialWindow): string =>
  [
    `the ${periodsKnown === 1 ? 'one known period' : `${formatCount(periodsKnown)} known periods`}`,
    periodSeconds !== null && ` of ${formatDuration(periodSeconds)}`,
    gateways > 1 && ` at ${formatCount(gateways)} gateways`,
    ` in the last ${days} days`,
  ]
    .filter(Boolean)
    .join('')

const perSecond = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

const highestText = ({ group }: Field, { at, seconds, amount }: HighestMean): string => {
  const rate =
    group === 'bandwidth'
      ? `${formatBytes(BigInt(amount) / BigInt(seconds))}/s`
      : `${perSecond.format(Number(amount) / seconds)} ops/s`
  return `The highest mean was ${rate}, in the period from ${formatInstant(at)}.`
}

const DAY_MS = 86_400_000

/** What the sentences rest on: how much of the week is known, and since when. */
export const basisOf = ({ to, windows: [week] }: LimitTrial): string => {
  if (!week) return ''
  const { days, periodsKnown, periodsUnknown, source } = week
  const { historyFrom, staleSince } = source
  const reachesBack = historyFrom !== null && Date.parse(historyFrom) <= Date.parse(to) - days * DAY_MS
  return [
    staleSince !== null && `Stale since ${formatInstant(staleSince)}.`,
    periodsUnknown > 0 &&
      `${formatCount(periodsUnknown)} of ${plural(periodsKnown + periodsUnknown, 'period')} not known.`,
    historyFrom !== null && !reachesBack && `History reaches back to ${formatInstant(historyFrom)}.`,
    'Only means are known: bursts within a period are not seen, nor what the present limits refused.',
  ]
    .filter(Boolean)
    .join(' ')
}

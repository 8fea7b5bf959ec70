import { plural, select, t } from '@lingui/core/macro'
import type { HighestMean, LimitOnPast, LimitTrial, TrialFinding, TrialWindow } from '@ostor-console/shared/limit-trial'
import { NewBandwidthLimit, NewOpsLimit } from '@ostor-console/shared/limits'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { formatDuration } from '../../format/durations.ts'
import { inEach } from '../../format/locale.ts'
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

const lineOf = (
  field: Field,
  { limit, finding }: LimitOnPast,
  week: TrialWindow,
  before: LimitOnPast | undefined,
  month: TrialWindow,
): TrialLine => {
  const { name, unit } = field
  const tried = { label: t(field.label), size: limitText(limit, unit) }
  if (!finding) return { name, text: untold(tried), warns: false }
  if (week.periodsKnown === 0) return { name, text: untried(tried, week), warns: false }

  const overInMonth = before?.finding?.periodsOver ?? 0
  const inBits = finding.periodsOverInBits ?? 0
  return {
    name,
    text: [
      foundText(tried, finding, week),
      inBits > finding.periodsOver && inBitsText(inBits),
      overInMonth > finding.periodsOver && inMonthText(overInMonth, month),
      finding.highest && highestText(field, finding.highest),
    ]
      .filter(Boolean)
      .join(' '),
    warns: finding.periodsOver > 0 || inBits > 0 || overInMonth > 0,
  }
}

type Tried = { label: string; size: string }

const untold = ({ label, size }: Tried): string =>
  t`${label} at ${size} cannot be tried on the past: the statistics count deletions and all other operations as one number.`

const untried = ({ label, size }: Tried, { days }: TrialWindow): string =>
  t`${label} at ${size} cannot be tried: no period of the last ${days} days is known.`

/** `Put at 200 ops/s … the 672 known periods of 30 min at 2 gateways in the last 7 days.` */
const foundText = ({ label, size }: Tried, { periodsOver, highest }: TrialFinding, week: TrialWindow): string => {
  const { days, periodsKnown, periodSeconds, gateways } = week
  const length = periodSeconds === null ? 'unknown' : formatDuration(periodSeconds)
  if (periodsOver > 0) {
    const over = formatCount(periodsOver)
    return t`${label} at ${size} would have been over in at least ${over} of ${plural(periodsKnown, { one: 'the one known period', other: 'the # known periods' })}${select(length, { unknown: '', other: ` of ${length}` })}${plural(gateways, { 0: '', one: '', other: ' at # gateways' })} in the last ${days} days.`
  }
  return highest
    ? t`${label} at ${size} is above the mean of each of ${plural(periodsKnown, { one: 'the one known period', other: 'the # known periods' })}${select(length, { unknown: '', other: ` of ${length}` })}${plural(gateways, { 0: '', one: '', other: ' at # gateways' })} in the last ${days} days.`
    : t`${label} at ${size}: nothing of the kind was counted in ${plural(periodsKnown, { one: 'the one known period', other: 'the # known periods' })}${select(length, { unknown: '', other: ` of ${length}` })}${plural(gateways, { 0: '', one: '', other: ' at # gateways' })} in the last ${days} days.`
}

const inBitsText = (periods: number): string => {
  const over = formatCount(periods)
  return t`If the gateway's kb means kilobits, it would have been over in at least ${over} of them.`
}

const inMonthText = (periods: number, { days, periodsKnown }: TrialWindow): string => {
  const over = formatCount(periods)
  const known = formatCount(periodsKnown)
  return t`In the last ${days} days it would have been over in at least ${over} of ${known}.`
}

const perSecond = inEach((locale) => new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }))

const highestText = ({ group }: Field, { at, seconds, amount }: HighestMean): string => {
  const rate =
    group === 'bandwidth'
      ? `${formatBytes(BigInt(amount) / BigInt(seconds))}/s`
      : `${perSecond().format(Number(amount) / seconds)} ops/s`
  const instant = formatInstant(at)
  return t`The highest mean was ${rate}, in the period from ${instant}.`
}

const DAY_MS = 86_400_000

/** What the sentences rest on: how much of the week is known, and since when. */
export const basisOf = ({ to, windows: [week] }: LimitTrial): string => {
  if (!week) return ''
  const { days, periodsKnown, periodsUnknown, source } = week
  const { historyFrom, staleSince } = source
  const reachesBack = historyFrom !== null && Date.parse(historyFrom) <= Date.parse(to) - days * DAY_MS
  return [
    staleSince !== null && staleText(formatInstant(staleSince)),
    periodsUnknown > 0 && unknownText(formatCount(periodsUnknown), periodsKnown + periodsUnknown),
    historyFrom !== null && !reachesBack && historyText(formatInstant(historyFrom)),
    t`Only means are known: bursts within a period are not seen, nor what the present limits refused.`,
  ]
    .filter(Boolean)
    .join(' ')
}

const staleText = (since: string): string => t`Stale since ${since}.`

const historyText = (from: string): string => t`History reaches back to ${from}.`

const unknownText = (unknown: string, all: number): string =>
  plural(all, { one: `${unknown} of # period not known.`, other: `${unknown} of # periods not known.` })

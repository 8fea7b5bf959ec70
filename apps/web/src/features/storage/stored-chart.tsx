import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { StorageSeries } from '@ostor-console/shared/storage'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatSpan } from '../../format/dates.ts'
import { formatDuration } from '../../format/durations.ts'
import { timeZone } from '../../format/preferences.ts'
import { ChartFigure } from '../../ui/chart-figure.tsx'
import { byteFormat } from '../../ui/chart-formats.ts'
import { AS_MEASURED, AT_LEAST, type ChartFormat, type ChartSeries } from '../../ui/chart-series.ts'
import { remakings, sourceText, stepsOf } from './storage-words.ts'

export const storedSeries = (): ChartSeries[] => [
  { key: 'storedBytes', name: t`Stored at the end of the step`, colour: 1 },
  { key: 'averageBytes', name: t`Average, from byte-hours`, colour: 2 },
]

/** Where the size of one of several buckets was not told, what is known is the least; a bucket itself is not known then. */
export const isLeast = ({ source, generations }: Pick<StorageSeries, 'source' | 'generations'>): boolean =>
  source.hoursUntold > 0 && generations.length === 0

export const storedFormat = (found: Parameters<typeof isLeast>[0]): ChartFormat => ({
  ...byteFormat,
  partly: isLeast(found) ? AT_LEAST : AS_MEASURED,
})

type Props = { found: StorageSeries; subject: string; onZoom?: (from: number, to: number) => void }

/** What was stored at the end of each step, beside the average by which it is billed. */
export function StoredChart({ found, subject, onZoom }: Props) {
  const { t } = useLingui()
  const step = formatDuration(found.stepSeconds)
  const zone = timeZone()
  return (
    <ChartFigure
      label={t`Stored bytes`}
      note={t`per ${step}, ${zone}`}
      steps={stepsOf(found)}
      series={storedSeries()}
      format={storedFormat(found)}
      flags={remakings(found)}
      subject={subject}
      source={`${formatSpan(found.from, found.to)} · ${sourceText(found.source)}`}
      {...(onZoom && { onZoom })}
      total={totalOf(found)}
    />
  )
}

const totalOf = (found: StorageSeries) => {
  const { averageBytes, source } = found
  if (averageBytes === null) return { text: t`unknown`, exact: t`unknown`, note: t`on average` }
  const [text, exact] = [formatBytes(averageBytes), exactBytes(averageBytes)]
  if (isLeast(found)) return { text: `≥ ${text}`, exact: `≥ ${exact}`, note: t`at least, on average` }
  return { text, exact, note: source.coverage === 'complete' ? t`on average` : t`on average over the known hours` }
}

import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ChartTable } from '../../ui/chart-table.tsx'
import { Spoken } from '../../words/spoken.tsx'
import { storedFormat, storedSeries } from './stored-chart.tsx'

const source = {
  coverage: 'partial',
  hoursExpected: 24,
  hoursMissing: 1,
  hoursUntold: 0,
  historyFrom: null,
  sampledAt: null,
  staleSince: null,
} as const
const life = { createdAt: null, epoch: null, ownerId: 'u', firstSampledAt: '', lastSampledAt: '' }

const drawn = (found: Parameters<typeof storedFormat>[0]): string => {
  const values = { storedBytes: '100', averageBytes: '90' }
  const step = { from: 0, to: 86_400_000, coverage: 'partial' as const, values }
  return renderToStaticMarkup(
    <Spoken>
      <ChartTable label="Stored" steps={[step]} groups={[{ series: storedSeries(), format: storedFormat(found) }]} />
    </Spoken>,
  )
}

test('a size of which only some hours are known is not called the least that was stored', () => {
  for (const found of [
    { source, generations: [] },
    { source: { ...source, hoursUntold: 3 }, generations: [life] },
  ]) {
    expect(drawn(found)).toContain('over the known hours')
    expect(drawn(found)).not.toContain('at least')
  }
})

test('what a user stores while the size of one of their buckets was not told is the least', () => {
  const found = { source: { ...source, hoursUntold: 3 }, generations: [] }
  expect(drawn(found)).toContain('at least')
  expect(drawn(found)).not.toContain('over the known hours')
})

import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ChartTable } from '../../ui/chart-table.tsx'
import { Spoken } from '../../words/spoken.tsx'
import { FORMAT, storedSeries } from './stored-chart.tsx'

test('a size of which only some hours are known is not called the least that was stored', () => {
  const step = {
    from: 0,
    to: 86_400_000,
    coverage: 'partial' as const,
    values: { storedBytes: '100', averageBytes: '90' },
  }
  const drawn = renderToStaticMarkup(
    <Spoken>
      <ChartTable label="Stored" steps={[step]} groups={[{ series: storedSeries(), format: FORMAT }]} />
    </Spoken>,
  )
  expect(drawn).toContain('over the known hours')
  expect(drawn).not.toContain('at least')
})

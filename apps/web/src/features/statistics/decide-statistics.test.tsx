import { MantineProvider } from '@mantine/core'
import type { StatisticsDetail } from '@ostor-console/shared/statistics'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { Spoken } from '../../words/spoken.tsx'
import { DecideStatistics } from './decide-statistics.tsx'

vi.mock('./statistics.queries.ts', () => ({ useDecideStatistics: () => ({ isPending: true, error: null }) }))

const AT = '2026-11-01T00:00:00.000Z'

const object: StatisticsDetail = {
  name: 's3_stat_1',
  serviceId: '0000000000000001',
  startedAt: AT,
  nominalSeconds: 1800,
  periodSeconds: null,
  state: 'quarantined',
  itemCount: null,
  readAt: AT,
  reason: 'It cannot be true.',
  decision: null,
  decidedBy: null,
  decidedAt: null,
  formatVersion: null,
  items: [],
  isBackedUp: false,
  safeToDelete: false,
}

test('the button of a decision that is under way keeps the focus', () => {
  const drawn = renderToStaticMarkup(
    <Spoken>
      <MantineProvider>
        <DecideStatistics cluster="default" object={object} />
      </MantineProvider>
    </Spoken>,
  )
  const button = drawn.match(/<button[^>]*type="submit"[^>]*>/)?.[0]
  expect(button).toContain('aria-busy="true"')
  expect(button).not.toMatch(/\sdisabled/)
})

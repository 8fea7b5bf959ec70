import type { WhmcsStatus } from '@ostor-console/shared/whmcs'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { whmcsQuery } from '../features/whmcs/whmcs.queries.ts'
import { Spoken } from '../words/spoken.tsx'
import { checksOf } from './overview-state.ts'
import { useKnown } from './overview-status.tsx'

vi.mock(import('../ui/use-online.ts'), () => ({ useOnline: () => true }))

const AT = '2026-11-01T00:00:00.000Z'

const whmcs: WhmcsStatus = {
  mode: 'addon',
  state: 'ok',
  address: null,
  detail: null,
  since: AT,
  checkedAt: AT,
  version: null,
  adminName: null,
  actions: [],
  database: null,
  addonSeenAt: AT,
  queue: { waiting: 0, needsAttention: 0, oldestAt: null },
}

function Checks() {
  return checksOf(useKnown('default').known)
    .filter(({ name }) => name === 'WHMCS')
    .map(({ word }) => word)
    .join(', ')
}

const drawn = (client: QueryClient) =>
  renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <Spoken>
        <Checks />
      </Spoken>
    </QueryClientProvider>,
  )

test('what was read before and cannot be read now is not known, and not told twice', () => {
  const client = new QueryClient()
  const { queryKey } = whmcsQuery()
  client.setQueryData(queryKey, whmcs)
  expect(drawn(client)).toBe('connected')
  client
    .getQueryCache()
    .find({ queryKey })
    ?.setState({ status: 'error', error: new Error('not read') })
  expect(drawn(client)).toBe('not known now')
})

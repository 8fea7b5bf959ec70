import { createMemoryHistory } from '@tanstack/react-router'
import { expect, test, vi } from 'vitest'
import { sessionQuery } from '../features/session/session.queries.ts'
import { collectorQuery } from '../features/usage/usage.queries.ts'
import { usersSummaryQuery } from './overview.queries.ts'
import { queryClient } from './query-client.ts'
import { router } from './router.tsx'

vi.mock('./layout.tsx', () => ({ Layout: () => null }))
vi.mock('./overview-page.tsx', () => ({ OverviewPage: () => null }))
vi.mock('../api/reads.ts', () => ({ read: async () => Response.json({}) }))

const admin = { id: 'a', email: 'ada@example.com', role: 'admin' }
const session = { owesSecondStep: false, admin, limitedTo: null, clusters: [{ id: 'default', demo: false }] }

test('what the guide for a new console goes by is there when the overview is drawn, so that it pushes nothing down', async () => {
  queryClient.setQueryData(sessionQuery().queryKey, session as never)
  router.update({ history: createMemoryHistory({ initialEntries: ['/c/default/overview'] }) } as never)
  await router.load()
  expect(queryClient.getQueryData(collectorQuery('default').queryKey)).toBeDefined()
  expect(queryClient.getQueryData(usersSummaryQuery('default').queryKey)).toBeDefined()
})

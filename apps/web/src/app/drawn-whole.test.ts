import { createMemoryHistory } from '@tanstack/react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { sessionQuery } from '../features/session/session.queries.ts'
import { collectorQuery } from '../features/usage/usage.queries.ts'
import { usersQuery } from '../features/users/users.queries.ts'
import { usersSummaryQuery } from './overview.queries.ts'
import { queryClient } from './query-client.ts'
import { router } from './router.tsx'

vi.mock('./layout.tsx', () => ({ Layout: () => null }))
vi.mock('./overview-page.tsx', () => ({ OverviewPage: () => null }))
vi.mock('./users-page.tsx', () => ({ UsersPage: () => null }))
vi.mock('../api/reads.ts', () => ({ read: () => new Promise((answer) => setTimeout(() => answer(Response.json({})))) }))

const admin = { id: 'a', email: 'ada@example.com', role: 'admin' }
const session = { owesSecondStep: false, admin, limitedTo: null, clusters: [{ id: 'default', demo: false }] }

const open = async (path: string) => {
  router.update({ history: createMemoryHistory({ initialEntries: [path] }) } as never)
  await router.load()
}
const isThere = ({ queryKey }: { queryKey: readonly unknown[] }) => queryClient.getQueryData(queryKey) !== undefined

beforeEach(() => {
  queryClient.clear()
  queryClient.setQueryData(sessionQuery().queryKey, session as never)
})

test.each(['default', 'other'])(
  'what the guide for a new console goes by is there when the overview of %s is drawn, so that it pushes nothing down',
  async (cluster) => {
    await open(`/c/${cluster}/overview`)
    expect(isThere(collectorQuery(cluster))).toBe(true)
    expect(isThere(usersSummaryQuery(cluster))).toBe(true)
  },
)

test('the users of another cluster are drawn with their list, too', async () => {
  await open('/c/default/users')
  expect(isThere(usersQuery('default', {}))).toBe(true)
  await open('/c/other/users')
  expect(isThere(usersQuery('other', {}))).toBe(true)
})

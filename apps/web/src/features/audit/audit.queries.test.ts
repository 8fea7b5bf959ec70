import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { auditQuery } from './audit.queries.ts'
import type { AuditFilter } from './audit.search.ts'

const pages = { pages: [{ items: [], next: null }], pageParams: [null] }

/** What is shown at once when one list follows another. */
const shownAfter = (before: AuditFilter, [cluster, filter]: [cluster: string, filter: AuditFilter]) => {
  const client = new QueryClient()
  client.setQueryData(auditQuery('default', before).queryKey, pages)
  const observer = new InfiniteQueryObserver(client, { ...auditQuery('default', before), enabled: false })
  observer.setOptions({ ...auditQuery(cluster, filter), enabled: false })
  return observer.getCurrentResult().data
}

test('another search of the audit leaves the entries until the next are there', () => {
  expect(shownAfter({}, ['default', { search: 'ana' }])).toEqual(pages)
  expect(shownAfter({ userId: 'u1' }, ['default', { userId: 'u1', outcome: 'done' }])).toEqual(pages)
})

test('what was done to one user, one bucket or in one cluster is never shown as that of another', () => {
  expect(shownAfter({ userId: 'u1' }, ['default', { userId: 'u2' }])).toBeUndefined()
  expect(shownAfter({ bucket: 'b1' }, ['default', {}])).toBeUndefined()
  expect(shownAfter({}, ['other', {}])).toBeUndefined()
})

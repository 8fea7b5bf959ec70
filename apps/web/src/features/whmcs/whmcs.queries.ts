import type { whmcsRoutes } from '@ostor-console/shared/whmcs'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

/** How the console and WHMCS get on. All that is read about WHMCS stands under `whmcs`, and is read again together. */
export const whmcsQuery = () =>
  queryOptions({
    queryKey: ['whmcs', 'status'],
    queryFn: ({ signal }) => call<typeof whmcsRoutes.status>('GET', '/api/v1/whmcs', {}, signal),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.mode === 'off' ? false : data.queue.waiting > 0 ? 10_000 : 60_000,
  })

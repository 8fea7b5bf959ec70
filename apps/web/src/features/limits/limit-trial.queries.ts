import type { LimitTrial, limitTrialRoutes } from '@ostor-console/shared/limit-trial'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import type { Target } from './limits.queries.ts'

/** `proposed` is the limits to be tried, as a query string: `put=200&out=1000`. */
export const limitTrialQuery = (cluster: string, target: Target, proposed: string) =>
  queryOptions({
    queryKey: ['limit-trial', cluster, target, proposed],
    queryFn: ({ signal }): Promise<LimitTrial> =>
      call<typeof limitTrialRoutes.read>(
        'GET',
        '/api/v1/clusters/:cluster/usage/limit-trial',
        { params: { cluster }, querystring: { ...Object.fromEntries(new URLSearchParams(proposed)), ...target } },
        signal,
      ),
    enabled: proposed !== '',
    // What was found of the limits before stays until those that are typed are tried.
    placeholderData: (previous, query) =>
      query?.queryKey[1] === cluster && JSON.stringify(query.queryKey[2]) === JSON.stringify(target)
        ? previous
        : undefined,
    staleTime: 60_000,
  })

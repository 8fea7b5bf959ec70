import type { storageRoutes } from '@ostor-console/shared/storage'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { every } from '../../api/every.ts'
import { type RangeChoice, resolveRange } from '../../format/ranges.ts'

/** The whole cluster when neither is given. */
export type Subject = { userId?: string; bucket?: string }

export const storageQuery = (cluster: string, choice: RangeChoice, subject: Subject) =>
  queryOptions({
    queryKey: ['storage', cluster, subject, choice],
    queryFn: ({ signal }) => {
      const { from, to, stepSeconds } = resolveRange(choice, new Date())
      const querystring = { from, to, ...(stepSeconds !== null && { stepSeconds: String(stepSeconds) }), ...subject }
      return call<typeof storageRoutes.series>(
        'GET',
        '/api/v1/clusters/:cluster/storage/series',
        { params: { cluster }, querystring },
        signal,
      )
    },
    placeholderData: (previous, query) =>
      query?.queryKey[1] === cluster && JSON.stringify(query.queryKey[2]) === JSON.stringify(subject)
        ? previous
        : undefined,
    refetchInterval: every(300_000),
  })

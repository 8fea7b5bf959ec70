import type { Limit } from '@ostor-console/shared/limits'
import type { OverDefault, Quota, quotasRoutes } from '@ostor-console/shared/quotas'
import type { UserDetail } from '@ostor-console/shared/users'
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { invalidate } from '../../api/invalidate.ts'

export type QuotaTarget = { userId: string } | { bucket: string } | { of: 'user' | 'bucket' }

const OF_USER = '/api/v1/clusters/:cluster/users/:userId/quota'
const OF_BUCKET = '/api/v1/clusters/:cluster/buckets/:bucket/quota'
const OF_ALL = '/api/v1/clusters/:cluster/quotas/defaults/:of'

/** `fresh`: not from the memory of the console, which may be older than a change. */
const read = (cluster: string, target: QuotaTarget, signal: AbortSignal, fresh: boolean): Promise<Quota> => {
  if ('userId' in target)
    return call<typeof quotasRoutes.readOfUser>('GET', OF_USER, { params: { cluster, ...target } }, signal)
  if ('bucket' in target)
    return call<typeof quotasRoutes.readOfBucket>('GET', OF_BUCKET, { params: { cluster, ...target } }, signal)
  return call<typeof quotasRoutes.readDefault>(
    'GET',
    OF_ALL,
    {
      params: { cluster, ...target },
      querystring: { ...(fresh && { fresh: 'true' }) },
    },
    signal,
  )
}

/** The page of the user, which is open beside it, shows the quota as it was last read. */
const tellUser = (client: QueryClient, cluster: string, target: QuotaTarget, quota: Quota): void => {
  if (!('userId' in target)) return
  const { size, isUnitKnown, bytesPerGb, readAt } = quota
  client.setQueryData<UserDetail>(
    ['users', cluster, 'one', target.userId],
    (user) => user && { ...user, quota: { size, isUnitKnown, bytesPerGb, readAt } },
  )
}

export const quotaQuery = (cluster: string, target: QuotaTarget) =>
  queryOptions({
    queryKey: ['quotas', cluster, target],
    queryFn: async ({ signal, client, queryKey }) => {
      const quota = await read(cluster, target, signal, client.getQueryState(queryKey)?.isInvalidated ?? false)
      tellUser(client, cluster, target, quota)
      return quota
    },
  })

export const overDefaultQuery = (cluster: string, of: 'user' | 'bucket', size: number) =>
  queryOptions({
    queryKey: ['quotas', cluster, { of }, 'over', size],
    queryFn: ({ signal }): Promise<OverDefault> =>
      call<typeof quotasRoutes.overDefault>(
        'GET',
        `${OF_ALL}/over`,
        { params: { cluster, of }, querystring: { size: String(size) } },
        signal,
      ),
    // What was found for the size before stays until it is known for the one that is typed.
    placeholderData: (previous, query) =>
      query?.queryKey[1] === cluster && JSON.stringify(query.queryKey[2]) === JSON.stringify({ of })
        ? previous
        : undefined,
    staleTime: 30_000,
  })

type Change = { size: Limit; version: string }

const change = (cluster: string, target: QuotaTarget, { size, version }: Change): Promise<Quota> => {
  const input = { headers: { 'if-match': version }, body: { size } }
  if ('userId' in target)
    return call<typeof quotasRoutes.changeOfUser>('PUT', OF_USER, { params: { cluster, ...target }, ...input })
  if ('bucket' in target)
    return call<typeof quotasRoutes.changeOfBucket>('PUT', OF_BUCKET, { params: { cluster, ...target }, ...input })
  return call<typeof quotasRoutes.changeDefault>('PUT', OF_ALL, { params: { cluster, ...target }, ...input })
}

/** `version` is that of the quota the admin saw, so that nobody's change is overwritten unseen. */
export function useChangeQuota(cluster: string, target: QuotaTarget) {
  const queryClient = useQueryClient()
  const { queryKey } = quotaQuery(cluster, target)
  return useMutation({
    mutationFn: (input: Change) => change(cluster, target, input),
    onSuccess: (quota) => {
      queryClient.setQueryData(queryKey, quota)
      tellUser(queryClient, cluster, target, quota)
    },
    onSettled: () => void invalidate(queryClient, cluster, 'quotas', 'users', 'audit'),
  })
}

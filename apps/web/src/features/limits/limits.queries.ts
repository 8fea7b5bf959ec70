import type { Limits, LimitsChange, limitsRoutes } from '@ostor-console/shared/limits'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

export type Target = { userId: string } | { bucket: string }
export type Group = 'opsPerSecond' | 'bandwidth' | 'all'

const OF_USER = '/api/v1/clusters/:cluster/users/:userId/limits'
const OF_BUCKET = '/api/v1/clusters/:cluster/buckets/:bucket/limits'

export const limitsQuery = (cluster: string, target: Target) =>
  queryOptions({
    queryKey: ['limits', cluster, target],
    queryFn: ({ signal }): Promise<Limits> =>
      'userId' in target
        ? call<typeof limitsRoutes.readOfUser>('GET', OF_USER, { params: { cluster, ...target } }, signal)
        : call<typeof limitsRoutes.readOfBucket>('GET', OF_BUCKET, { params: { cluster, ...target } }, signal),
  })

type Change = { body: LimitsChange; version: string }

const change = (cluster: string, target: Target, { body, version }: Change): Promise<Limits> => {
  const headers = { 'if-match': version }
  return 'userId' in target
    ? call<typeof limitsRoutes.changeOfUser>('PUT', OF_USER, { params: { cluster, ...target }, headers, body })
    : call<typeof limitsRoutes.changeOfBucket>('PUT', OF_BUCKET, { params: { cluster, ...target }, headers, body })
}

const remove = (cluster: string, target: Target, group: Group): Promise<Limits> =>
  'userId' in target
    ? call<typeof limitsRoutes.removeOfUser>('DELETE', OF_USER, { params: { cluster, ...target }, body: { group } })
    : call<typeof limitsRoutes.removeOfBucket>('DELETE', OF_BUCKET, { params: { cluster, ...target }, body: { group } })

function useLimitsWrite<T>(cluster: string, target: Target, write: (input: T) => Promise<Limits>) {
  const queryClient = useQueryClient()
  const { queryKey } = limitsQuery(cluster, target)
  return useMutation({
    mutationFn: write,
    onSuccess: (limits) => queryClient.setQueryData(queryKey, limits),
    // Not awaited: what went wrong is said at once.
    onError: () => void queryClient.invalidateQueries({ queryKey }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['audit', cluster] }),
  })
}

/** `version` is that of the limits the admin saw, so that nobody's change is overwritten unseen. */
export const useChangeLimits = (cluster: string, target: Target) =>
  useLimitsWrite(cluster, target, (input: Change) => change(cluster, target, input))

export const useRemoveLimits = (cluster: string, target: Target) =>
  useLimitsWrite(cluster, target, (group: Group) => remove(cluster, target, group))

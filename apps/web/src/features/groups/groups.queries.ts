import type { groupsRoutes, UserGroup } from '@ostor-console/shared/groups'
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

const ALL = '/api/v1/clusters/:cluster/groups'
const ONE = '/api/v1/clusters/:cluster/groups/:groupId'
const MEMBERS = '/api/v1/clusters/:cluster/groups/:groupId/members'
const KEY = ['groups']

export type GroupDraft = { name: string; domains: string[] }
type Named = { ids?: string[]; emails?: string[] }

export const groupsQuery = (cluster: string) =>
  queryOptions({
    queryKey: [...KEY, cluster],
    queryFn: async ({ signal }): Promise<UserGroup[]> =>
      (await call<typeof groupsRoutes.list>('GET', ALL, { params: { cluster } }, signal)).items,
  })

export const membersQuery = (cluster: string, groupId: string, page: number, search: string) =>
  queryOptions({
    queryKey: [...KEY, cluster, groupId, page, search],
    queryFn: ({ signal }) =>
      call<typeof groupsRoutes.members>(
        'GET',
        MEMBERS,
        { params: { cluster, groupId }, querystring: { page: String(page), ...(search !== '' && { search }) } },
        signal,
      ),
    placeholderData: keepPreviousData,
  })

/** A change of groups, after which they and the people who are limited to them are read again. */
function useGroupChange<In, Out>(change: (input: In) => Promise<Out>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => Promise.all([KEY, ['admins']].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
    gcTime: 0,
  })
}

/** Makes a group, or without an id changes one. */
export const useSaveGroup = (cluster: string, groupId?: string) =>
  useGroupChange(
    (body: GroupDraft): Promise<UserGroup> =>
      groupId === undefined
        ? call<typeof groupsRoutes.create>('POST', ALL, { params: { cluster }, body })
        : call<typeof groupsRoutes.change>('PUT', ONE, { params: { cluster, groupId }, body }),
  )

export const useDeleteGroup = (cluster: string, groupId: string) =>
  useGroupChange((confirmName: string) =>
    call<typeof groupsRoutes.remove>('DELETE', ONE, { params: { cluster, groupId }, body: { confirmName } }),
  )

export const useAddMembers = (cluster: string) =>
  useGroupChange(({ groupId, ...body }: Named & { groupId: string }) =>
    call<typeof groupsRoutes.add>('POST', MEMBERS, { params: { cluster, groupId }, body }),
  )

export const useTakeOut = (cluster: string, groupId: string) =>
  useGroupChange((id: string) =>
    call<typeof groupsRoutes.takeOut>('DELETE', MEMBERS, { params: { cluster, groupId }, body: { ids: [id] } }),
  )

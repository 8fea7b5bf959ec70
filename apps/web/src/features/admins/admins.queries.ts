import type { accountRoutes } from '@ostor-console/shared/account'
import type { adminsRoutes, Person } from '@ostor-console/shared/admins'
import type { GroupName, groupsRoutes } from '@ostor-console/shared/groups'
import type { Role } from '@ostor-console/shared/roles'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

const PEOPLE = ['admins']
const OWN = ['own-sessions']

export const peopleQuery = () =>
  queryOptions({
    queryKey: PEOPLE,
    queryFn: async ({ signal }) => (await call<typeof adminsRoutes.list>('GET', '/api/v1/admins', {}, signal)).items,
  })

/** The groups of users that a role can be limited to, of all clusters. */
export const groupNamesQuery = () =>
  queryOptions({
    queryKey: ['groups', 'names'],
    queryFn: async ({ signal }): Promise<GroupName[]> =>
      (await call<typeof groupsRoutes.names>('GET', '/api/v1/groups', {}, signal)).items,
  })

export const ownSessionsQuery = () =>
  queryOptions({
    queryKey: OWN,
    queryFn: ({ signal }) => call<typeof adminsRoutes.ownSessions>('GET', '/api/v1/session/all', {}, signal),
  })

/** A change of people, after which the list is read again, also when it was refused. */
function usePeopleChange<In, Out>(change: (input: In) => Promise<Out>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => void queryClient.invalidateQueries({ queryKey: PEOPLE }),
    gcTime: 0,
  })
}

export const useInvite = () =>
  usePeopleChange((body: { email: string; role: Role; limitedTo?: string[] }) =>
    call<typeof adminsRoutes.invite>('POST', '/api/v1/admins', { body }),
  )

export const useSetRole = ({ id: adminId }: Person) =>
  usePeopleChange((role: Role) =>
    call<typeof adminsRoutes.setRole>('PUT', '/api/v1/admins/:adminId/role', { params: { adminId }, body: { role } }),
  )

export const useSetLimit = ({ id: adminId }: Person) =>
  usePeopleChange((limitedTo: string[] | null) =>
    call<typeof adminsRoutes.setLimit>('PUT', '/api/v1/admins/:adminId/limit', {
      params: { adminId },
      body: { limitedTo },
    }),
  )

export const useSetEnabled = ({ id: adminId }: Person) =>
  usePeopleChange((enabled: boolean) =>
    call<typeof adminsRoutes.setState>('PUT', '/api/v1/admins/:adminId/state', {
      params: { adminId },
      body: { enabled },
    }),
  )

export const useResetPassword = ({ id: adminId }: Person) =>
  usePeopleChange(() =>
    call<typeof adminsRoutes.reset>('POST', '/api/v1/admins/:adminId/link', { params: { adminId }, body: {} }),
  )

export const useRemoveSecondStepOf = ({ id: adminId }: Person) =>
  usePeopleChange(() =>
    call<typeof accountRoutes.removeOf>('DELETE', '/api/v1/admins/:adminId/second-factor', {
      params: { adminId },
      body: {},
    }),
  )

export const useEndSessionsOf = ({ id: adminId }: Person) =>
  usePeopleChange(() =>
    call<typeof adminsRoutes.endSessions>('DELETE', '/api/v1/admins/:adminId/sessions', {
      params: { adminId },
      body: {},
    }),
  )

/** Ends the session of that id, or without one all but this. */
export function useEndOwnSessions() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (sessionId: string | null) =>
      sessionId === null
        ? call<typeof adminsRoutes.endOtherSessions>('DELETE', '/api/v1/session/all', { body: {} })
        : call<typeof adminsRoutes.endOwnSession>('DELETE', '/api/v1/session/all/:sessionId', {
            params: { sessionId },
            body: {},
          }),
    onSuccess: (sessions) => queryClient.setQueryData(OWN, sessions),
  })
}

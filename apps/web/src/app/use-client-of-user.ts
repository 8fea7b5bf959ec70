import { useQuery } from '@tanstack/react-query'
import { useFleetRefusal } from '../api/role.ts'
import { clientOfUserQuery } from '../features/clients/clients.queries.ts'
import { whmcsQuery } from '../features/whmcs/whmcs.queries.ts'

/** Whoever is limited to groups of users may not ask how WHMCS is, and is told of the client all the same. */
export function useClientOfUser(cluster: string, userId: string) {
  const isLimited = useFleetRefusal() !== null
  const status = useQuery({ ...whmcsQuery(), enabled: !isLimited }).data
  const hasWhmcs = status !== undefined && status.mode !== 'off'
  const client = useQuery({ ...clientOfUserQuery(cluster, userId), enabled: isLimited || hasWhmcs }).data
  return { isLimited, hasWhmcs, client }
}

import type { clusterRoutes } from '@ostor-console/shared/cluster'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

export const connectionQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['connection', cluster],
    queryFn: ({ signal }) =>
      call<typeof clusterRoutes.connection>(
        'GET',
        '/api/v1/clusters/:cluster/connection',
        { params: { cluster } },
        signal,
      ),
    refetchInterval: ({ state }) => (state.data?.state === 'ok' ? 20_000 : 5_000),
  })

/** Asks the gateway now. What else is on the page is read again when it answers. */
export function useCheckConnection(cluster: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      call<typeof clusterRoutes.checkConnection>('POST', '/api/v1/clusters/:cluster/connection/check', {
        params: { cluster },
        body: {},
      }),
    onSuccess: async (connection) => {
      queryClient.setQueryData(connectionQuery(cluster).queryKey, connection)
      if (connection.state === 'ok') await queryClient.invalidateQueries()
    },
  })
}

import type { whmcsRoutes } from '@ostor-console/shared/whmcs'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { whmcsQuery } from './whmcs.queries.ts'

export const driftQuery = () =>
  queryOptions({
    queryKey: ['whmcs', 'drift'],
    queryFn: ({ signal }) => call<typeof whmcsRoutes.drift>('GET', '/api/v1/whmcs/drift', {}, signal),
  })

export const oldSecretsQuery = () =>
  queryOptions({
    queryKey: ['whmcs', 'old-secrets'],
    queryFn: ({ signal }) => call<typeof whmcsRoutes.oldSecrets>('GET', '/api/v1/whmcs/old-secrets', {}, signal),
  })

/** Asks WHMCS now, or has all that is blocked tried again. */
export function useAskWhmcs(what: 'test' | 'resume') {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      what === 'test'
        ? call<typeof whmcsRoutes.test>('POST', '/api/v1/whmcs/test', { body: {} })
        : call<typeof whmcsRoutes.resume>('POST', '/api/v1/whmcs/queue/resume', { body: {} }),
    onSuccess: (status) => queryClient.setQueryData(whmcsQuery().queryKey, status),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['whmcs'] }),
  })
}

export function useRedact() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ noteId, ...body }: { noteId: number; clientId: number; keyId: string }) =>
      call<typeof whmcsRoutes.redact>('POST', '/api/v1/whmcs/old-secrets/:noteId/redact', {
        params: { noteId: String(noteId) },
        body,
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['whmcs', 'old-secrets'] }),
  })
}

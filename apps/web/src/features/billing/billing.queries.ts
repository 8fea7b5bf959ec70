import type { billingRoutes } from '@ostor-console/shared/billing'
import type { billsRoutes } from '@ostor-console/shared/bills'
import type { PlanDraft, PlanHolder, plansRoutes } from '@ostor-console/shared/plans'
import { keepPreviousData, queryOptions, useMutation, useMutationState, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'

const KEY = ['billing']
const MONTH = '/api/v1/billing/months/:month'
const BILL = '/api/v1/billing/months/:month/bills/:bill'
const PLAN = '/api/v1/billing/plans/:planId'
/** The BFF itself gives up on a month after an hour. */
const LONG = { timeoutMs: 3_600_000 }

export type BillsSearch = { search?: string; page?: string; sort?: 'amount' | 'name' | 'storage' | 'egress' }

export const monthsQuery = () =>
  queryOptions({
    queryKey: [...KEY, 'months'],
    queryFn: ({ signal }) => call<typeof billingRoutes.months>('GET', '/api/v1/billing/months', {}, signal),
  })

export const monthQuery = (month: string) =>
  queryOptions({
    queryKey: [...KEY, 'month', month],
    queryFn: ({ signal }) => call<typeof billingRoutes.month>('GET', MONTH, { params: { month } }, signal),
  })

export const billsQuery = (month: string, countedAt: string | null, querystring: BillsSearch) =>
  queryOptions({
    queryKey: [...KEY, 'bills', month, countedAt, querystring],
    queryFn: ({ signal }) =>
      call<typeof billsRoutes.bills>(
        'GET',
        '/api/v1/billing/months/:month/bills',
        { params: { month }, querystring },
        signal,
      ),
    placeholderData: keepPreviousData,
  })

export const billQuery = (month: string, bill: string) =>
  queryOptions({
    queryKey: [...KEY, 'bill', month, bill],
    queryFn: ({ signal }) => call<typeof billsRoutes.bill>('GET', BILL, { params: { month, bill } }, signal),
  })

export const hoursQuery = (month: string, bill: string, lineNo: number) =>
  queryOptions({
    queryKey: [...KEY, 'hours', month, bill, lineNo],
    queryFn: ({ signal }) =>
      call<typeof billsRoutes.hours>(
        'GET',
        '/api/v1/billing/months/:month/bills/:bill/hours',
        { params: { month, bill }, querystring: { line: String(lineNo) } },
        signal,
      ),
  })

export const objectsQuery = (
  month: string,
  bill: string,
  lineNo: number,
  { at, hours }: { at: string; hours: number },
) =>
  queryOptions({
    queryKey: [...KEY, 'objects', month, bill, lineNo, at],
    queryFn: ({ signal }) =>
      call<typeof billsRoutes.objects>(
        'GET',
        '/api/v1/billing/months/:month/bills/:bill/objects',
        { params: { month, bill }, querystring: { line: String(lineNo), at, hours: String(hours) } },
        signal,
      ),
  })

export const plansQuery = () =>
  queryOptions({
    queryKey: [...KEY, 'plans'],
    queryFn: ({ signal }) => call<typeof plansRoutes.list>('GET', '/api/v1/billing/plans', {}, signal),
  })

/** After a change everything about billing is read again. */
function useBillingChange<In, Out>(change: (input: In) => Promise<Out>, key?: string[]) {
  const queryClient = useQueryClient()
  return useMutation({
    ...(key && { mutationKey: key }),
    mutationFn: change,
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  })
}

/** A count may take minutes, and goes on when its page is left: `isCounting` and `error` are there again afterwards. */
export const useCountMonth = (month: string) => {
  const key = [...KEY, 'count', month]
  const { mutate } = useBillingChange(
    () =>
      call<typeof billingRoutes.count>('POST', '/api/v1/billing/months/:month/count', {
        params: { month },
        body: {},
        ...LONG,
      }),
    key,
  )
  const last = useMutationState({ filters: { mutationKey: key, exact: true }, select: ({ state }) => state }).at(-1)
  return { count: () => mutate(), isCounting: last?.status === 'pending', error: last?.error ?? null }
}

export const useCloseMonth = (month: string) =>
  useBillingChange((acceptIncomplete: boolean) =>
    call<typeof billingRoutes.close>('POST', '/api/v1/billing/months/:month/close', {
      params: { month },
      body: { confirmMonth: month, acceptIncomplete },
      ...LONG,
    }),
  )

export const usePushMonth = (month: string) =>
  useBillingChange((body: { kind: 'usage' | 'invoice'; clientId?: number }) =>
    call<typeof billingRoutes.push>('POST', '/api/v1/billing/months/:month/push', { params: { month }, body, ...LONG }),
  )

export const useSetService = (clientId: number) =>
  useBillingChange((serviceId: number | null) =>
    call<typeof billingRoutes.service>('PUT', '/api/v1/billing/services/:clientId', {
      params: { clientId: String(clientId) },
      body: { serviceId },
    }),
  )

export const useSetZone = () =>
  useBillingChange((timeZone: string) =>
    call<typeof billingRoutes.settings>('PUT', '/api/v1/billing/settings', { body: { timeZone } }),
  )

/** Makes a plan, or with an id changes one. */
export const useSavePlan = (planId: string | null) =>
  useBillingChange((body: PlanDraft) =>
    planId === null
      ? call<typeof plansRoutes.create>('POST', '/api/v1/billing/plans', { body })
      : call<typeof plansRoutes.change>('PUT', PLAN, { params: { planId }, body }),
  )

export const useDeletePlan = (planId: string) =>
  useBillingChange((confirmName: string) =>
    call<typeof plansRoutes.remove>('DELETE', PLAN, { params: { planId }, body: { confirmName } }),
  )

export const useGivePlan = () =>
  useBillingChange((body: { to: PlanHolder; planId: string | null }) =>
    call<typeof plansRoutes.give>('PUT', '/api/v1/billing/plan-of', { body }),
  )

import { useQuery } from '@tanstack/react-query'
import { Navigate, useMatchRoute } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { sessionQuery } from '../features/session/session.queries.ts'

/** Every page leads to the account, as long as somebody has to set up a second step there. */
export function SecondStepFirst({ cluster, children }: { cluster: string; children: ReactNode }) {
  const owes = useQuery(sessionQuery()).data?.owesSecondStep === true
  const isThere = useMatchRoute()({ to: '/c/$cluster/account', params: { cluster } }) !== false
  return owes && !isThere ? <Navigate to="/c/$cluster/account" params={{ cluster }} /> : children
}

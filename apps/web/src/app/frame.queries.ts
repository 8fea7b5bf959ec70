import { may } from '@ostor-console/shared/roles'
import type { Session } from '@ostor-console/shared/session'
import type { QueryClient } from '@tanstack/react-query'
import { connectionQuery } from '../features/connection/connection.queries.ts'
import { sessionQuery } from '../features/session/session.queries.ts'
import { collectorQuery } from '../features/usage/usage.queries.ts'
import { whmcsQuery } from '../features/whmcs/whmcs.queries.ts'
import { limitWords } from './limit-words.ts'
import { usersSummaryQuery } from './overview.queries.ts'

/** Whether what surrounds every page may ask how the console and WHMCS get on. */
export const asksWhmcs = (session: Session | undefined): boolean =>
  session?.owesSecondStep === false &&
  limitWords(session) === null &&
  session.admin !== null &&
  may(session.admin.role, 'client.see')

/** What stands around every page, read together with what is on the first of them. */
export const readFrame = (client: QueryClient, cluster: string): void => {
  const session = client.getQueryData(sessionQuery().queryKey)
  if (session?.owesSecondStep !== false) return
  void client.prefetchQuery({ ...connectionQuery(cluster), staleTime: Infinity })
  if (asksWhmcs(session)) void client.prefetchQuery({ ...whmcsQuery(), staleTime: Infinity })
}

/** What the guide for a new console goes by: where that is there with the first picture, it pushes nothing down. */
export const readGuide = async (client: QueryClient, cluster: string): Promise<void> => {
  const session = client.getQueryData(sessionQuery().queryKey)
  const isDemo = session?.clusters.some(({ id, demo }) => id === cluster && demo)
  if (session?.owesSecondStep !== false || !session.admin || isDemo || limitWords(session) !== null) return
  if (!may(session.admin.role, 'user.create')) return
  await Promise.all([
    client.prefetchQuery(connectionQuery(cluster)),
    client.prefetchQuery(collectorQuery(cluster)),
    client.prefetchQuery(usersSummaryQuery(cluster)),
  ])
}

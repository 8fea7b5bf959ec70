import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRefusal } from '../api/role.ts'
import { operationsQuery } from '../features/audit/audit.queries.ts'
import { connectionQuery } from '../features/connection/connection.queries.ts'
import { scheduledQuery } from '../features/scheduled/scheduled.queries.ts'
import { collectorQuery } from '../features/usage/usage.queries.ts'
import { whmcsQuery } from '../features/whmcs/whmcs.queries.ts'
import { NBSP } from '../ui/space.ts'
import { StateDot } from '../ui/state-dot.tsx'
import { useOnline } from '../ui/use-online.ts'
import { usersSummaryQuery } from './overview.queries.ts'
import { checksOf, type Known, nothingWaits, verdictOf, type Wait, waitsOf } from './overview-state.ts'

/** Whether all is well, what was looked at, and what waits for somebody: the first thing that one sees. */
export function OverviewStatus({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const { known, reading, isReading } = useKnown(cluster)
  const checks = checksOf(known)
  const waits = waitsOf(known)
  // Whoever may not see all of it is never told so; for the others its line is kept, so that nothing beneath it moves.
  const seesAll = useRefusal('operation.see') === null
  const nothing = seesAll && waits.length === 0 ? (nothingWaits(known, isReading) ?? NBSP) : null
  const { tone, text } = verdictOf(checks, waits)
  // What is being read for the first time is no news, and would push the page down for a moment.
  const shown = checks.filter(({ name }) => !reading.includes(name))
  return (
    <section className="panel status" aria-label={t`State of the cluster`}>
      <div className={`status-verdict status-${tone}`}>
        <h2>{text}</h2>
        <ul className="status-checks" aria-label={t`Checks`}>
          {shown.map((check) => (
            <li key={check.name}>
              <StateDot tone={check.tone}>
                <span className="dimmed">{check.name}</span> {check.word}
              </StateDot>
            </li>
          ))}
        </ul>
      </div>
      {waits.length > 0 && (
        <ul className="status-waits" aria-label={t`Waits for you`}>
          {waits.map((wait) => (
            <li key={wait.key}>
              <WaitLink cluster={cluster} wait={wait} />
            </li>
          ))}
        </ul>
      )}
      {nothing !== null && <p className="status-nothing">{nothing}</p>}
    </section>
  )
}

const WaitLink = ({ cluster, wait: { tone, text, to, search = {} } }: { cluster: string; wait: Wait }) => (
  <Link to={to} params={{ cluster }} search={search} className="status-wait">
    <StateDot tone={tone}>{text}</StateDot>
    <span aria-hidden="true">→</span>
  </Link>
)

/** What this admin may know; the rest is not asked for. */
export function useKnown(cluster: string): { known: Known; reading: string[]; isReading: boolean } {
  const seesOperations = useRefusal('operation.see') === null
  const seesClients = useRefusal('client.see') === null
  const isOnline = useOnline()
  const connection = useQuery(connectionQuery(cluster))
  const collector = useQuery(collectorQuery(cluster))
  const operations = useQuery({ ...operationsQuery(cluster), enabled: seesOperations })
  const scheduled = useQuery({ ...scheduledQuery(cluster), enabled: seesOperations })
  const whmcs = useQuery({ ...whmcsQuery(), enabled: seesClients })
  const users = useQuery(usersSummaryQuery(cluster))
  // What it was before the console was out of reach says nothing of now.
  const isOld = ({ isError, data }: { isError: boolean; data: unknown }) => isError || !isOnline || data === undefined
  const asked = [
    ...(seesOperations ? [{ name: t`Operations`, query: operations }] : []),
    ...(seesOperations ? [{ name: t`Scheduled changes`, query: scheduled }] : []),
    ...(seesClients ? [{ name: t`WHMCS`, query: whmcs }] : []),
  ]
  return {
    known: {
      connection: isOld(connection) ? undefined : connection.data,
      collector: isOld(collector) ? undefined : collector.data,
      whmcs: isOld(whmcs) ? undefined : whmcs.data,
      operations: operations.data,
      scheduled: scheduled.data?.open,
      users: isOld(users) ? undefined : users.data?.summary,
      unread: asked.filter(({ query }) => isOld(query)).map(({ name }) => name),
    },
    isReading: [connection, collector, operations, scheduled, whmcs, users].some(({ isLoading }) => isLoading),
    reading: asked.filter(({ query }) => query.isLoading && isOnline).map(({ name }) => name),
  }
}

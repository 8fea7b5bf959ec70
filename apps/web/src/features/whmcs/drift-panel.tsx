import type { Drift } from '@ostor-console/shared/whmcs'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { plural } from '../../format/counts.ts'
import { AsOf } from '../../ui/as-of.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { DRIFT_WORDS } from './drift-words.ts'
import { driftQuery } from './whmcs-work.queries.ts'
import './whmcs.css'

const COLUMNS = ['What', 'Client', 'User', 'At WHMCS', 'At the gateway', 'Suggestion']

/** Where WHMCS and the gateways differ. Each row leads to where something can be done; nothing is done here. */
export function DriftPanel({ cluster }: { cluster: string }) {
  const drift = useQuery(driftQuery())
  return (
    <QueryPanel
      title="Where WHMCS and the gateway differ"
      note={
        drift.data?.asOf ? (
          <>
            {plural(drift.data.compared.clients, 'client')} and {plural(drift.data.compared.users, 'user')} ·{' '}
            <AsOf freshness={{ asOf: drift.data.asOf, staleReason: drift.data.staleReason }} source="Compared" />
          </>
        ) : (
          'The console suggests, and never changes anything by itself.'
        )
      }
      flush
      query={drift}
      skeleton={<RowsSkeleton rows={5} />}
      isEmpty={({ items }) => items.length === 0}
      empty={
        drift.data?.asOf === null ? (
          <EmptyState title="Not compared yet">
            {drift.data.staleReason ?? 'Clients and users are compared a moment after the start, then once an hour.'}
          </EmptyState>
        ) : (
          <EmptyState icon={<IconCheck size={22} />} title="Nothing differs">
            Every linked user belongs to a client that is there and active.
          </EmptyState>
        )
      }
    >
      {({ items }) => (
        <EntriesTable label="Differences" columns={COLUMNS}>
          {items.map((item) => (
            <Row key={`${item.kind} ${item.clientId} ${item.cluster} ${item.userId}`} cluster={cluster} item={item} />
          ))}
        </EntriesTable>
      )}
    </QueryPanel>
  )
}

type Props = { cluster: string; item: Drift }

const nothing = <span className="dimmed">–</span>

function Row({ cluster, item }: Props) {
  const { word, tone, meaning } = DRIFT_WORDS[item.kind]
  const { clientId, clientName, userId, atWhmcs, atGateway } = item
  return (
    <tr>
      <td data-label="What">
        <StateDot tone={tone}>{word}</StateDot>
        <span className="entries-under">{meaning}</span>
      </td>
      <td data-label="Client">
        {clientId === null ? (
          nothing
        ) : (
          <ClientLink cluster={cluster} clientId={clientId}>
            {clientName ?? `Client ${clientId}`}
          </ClientLink>
        )}
      </td>
      <td data-label="User">
        {userId === null ? (
          nothing
        ) : (
          <Link
            className="link"
            to="/c/$cluster/users/$userId"
            params={{ cluster: item.cluster ?? cluster, userId }}
            search={{}}
          >
            <ForeignText text={userId} cap={24} mono />
          </Link>
        )}
      </td>
      <td data-label="At WHMCS">{atWhmcs === null ? nothing : <ForeignText text={atWhmcs} cap={80} />}</td>
      <td data-label="At the gateway">{atGateway === null ? nothing : <ForeignText text={atGateway} cap={80} />}</td>
      <td data-label="Suggestion">
        <Suggestion cluster={cluster} item={item} />
      </td>
    </tr>
  )
}

const ClientLink = ({ cluster, clientId, children }: { cluster: string; clientId: number; children: string }) => (
  <Link
    className="link"
    to="/c/$cluster/clients/$clientId"
    params={{ cluster, clientId: String(clientId) }}
    search={{}}
  >
    <ForeignText text={children} cap={60} />
  </Link>
)

/** A way to the page where it is done, by a person. */
function Suggestion({ cluster, item: { suggestion, clientId, userId, atGateway, ...item } }: Props) {
  if (suggestion === 'disable-user' && userId !== null) {
    return (
      <Link
        className="link"
        to="/c/$cluster/users/$userId"
        params={{ cluster: item.cluster ?? cluster, userId }}
        search={{}}
      >
        Disable the user
      </Link>
    )
  }
  if (suggestion === 'unlink' && clientId !== null) {
    return (
      <ClientLink cluster={cluster} clientId={clientId}>
        Take the link away
      </ClientLink>
    )
  }
  if (suggestion === 'relink' && clientId !== null) {
    return (
      <ClientLink cluster={cluster} clientId={clientId}>
        Link it there
      </ClientLink>
    )
  }
  if (suggestion === 'relink') {
    // What the gateway says is an e-mail and a state.
    const email = atGateway?.slice(0, atGateway.lastIndexOf(', '))
    return (
      <Link
        className="link"
        to="/c/$cluster/clients"
        params={{ cluster }}
        search={email?.includes('@') ? { search: email } : {}}
      >
        Find the client
      </Link>
    )
  }
  return <span className="dimmed">Nothing to do</span>
}

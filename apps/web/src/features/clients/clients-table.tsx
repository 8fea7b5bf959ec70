import type { ListedClient } from '@ostor-console/shared/clients'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { plural } from '../../format/counts.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { nameOf, STATUS_WORDS } from './client-words.ts'
import './clients.css'

type Props = { cluster: string; clients: ListedClient[]; busy: boolean }

export function ClientsTable({ cluster, clients, busy }: Props) {
  const columns = useMemo(() => columnsOf(cluster), [cluster])
  return <DataTable label="Clients" rows={clients} columns={columns} rowKey={({ id }) => String(id)} busy={busy} />
}

const columnsOf = (cluster: string): Column<ListedClient>[] => [
  {
    id: 'client',
    header: 'Client',
    cell: (client) => (
      <span className="client-cell">
        <Link to="/c/$cluster/clients/$clientId" params={{ cluster, clientId: String(client.id) }} search={{}}>
          <ForeignText text={nameOf(client)} cap={80} />
        </Link>
        {client.company && client.company !== nameOf(client) && (
          <span className="client-under">
            <ForeignText text={client.company} cap={80} />
          </span>
        )}
      </span>
    ),
  },
  { id: 'number', header: 'Number', numeric: true, wide: true, width: '96px', cell: ({ id }) => id },
  { id: 'email', header: 'E-mail', wide: true, cell: ({ email }) => <ForeignText text={email} cap={80} /> },
  {
    id: 'status',
    header: 'Status',
    width: '112px',
    cell: ({ status }) => <StateDot tone={STATUS_WORDS[status].tone}>{STATUS_WORDS[status].word}</StateDot>,
  },
  { id: 'links', header: 'S3 users', wide: true, cell: ({ links }) => <Links cluster={cluster} links={links} /> },
  {
    id: 'queue',
    header: 'To be told',
    wide: true,
    width: '116px',
    cell: ({ id, undelivered }) =>
      undelivered > 0 && (
        <Link to="/c/$cluster/whmcs" params={{ cluster }} search={{ tab: 'queue', client: String(id) }}>
          {undelivered} queued
        </Link>
      ),
  },
]

function Links({ cluster, links: [first, ...others] }: Pick<ListedClient, 'links'> & { cluster: string }) {
  if (!first) return <span className="dimmed">none</span>
  return (
    <>
      <Link
        to="/c/$cluster/users/$userId"
        params={{ cluster: first.cluster || cluster, userId: first.userId }}
        search={{}}
      >
        <ForeignText text={first.email ?? first.linkedEmail} cap={60} />
      </Link>
      {others.length > 0 && <span className="dimmed"> and {plural(others.length, 'other')}</span>}
    </>
  )
}

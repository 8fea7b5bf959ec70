import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ListedClient } from '@ostor-console/shared/clients'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { nameOf, STATUS_WORDS } from './client-words.ts'
import './clients.css'

type Props = { cluster: string; clients: ListedClient[]; busy: boolean }

export function ClientsTable({ cluster, clients, busy }: Props) {
  const { t } = useLingui()
  const columns = useMemo(() => columnsOf(t, cluster), [t, cluster])
  return <DataTable label={t`Clients`} rows={clients} columns={columns} rowKey={({ id }) => String(id)} busy={busy} />
}

const columnsOf = (t: (text: MessageDescriptor) => string, cluster: string): Column<ListedClient>[] => [
  {
    id: 'client',
    header: t(msg`Client`),
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
  {
    id: 'number',
    header: t(msg`Number`),
    numeric: true,
    wide: true,
    from: 'laptop',
    width: '96px',
    cell: ({ id }) => id,
  },
  {
    id: 'email',
    header: t(msg`E-mail`),
    wide: true,
    from: 'laptop',
    cell: ({ email }) => <ForeignText text={email} cap={80} />,
  },
  {
    id: 'status',
    header: t(msg`Status`),
    width: '136px',
    cell: ({ status }) => <StateDot tone={STATUS_WORDS[status].tone}>{t(STATUS_WORDS[status].word)}</StateDot>,
  },
  { id: 'links', header: t(msg`S3 users`), wide: true, cell: ({ links }) => <Links cluster={cluster} links={links} /> },
  {
    id: 'queue',
    header: t(msg`To be told`),
    wide: true,
    width: '116px',
    cell: ({ id, undelivered }) =>
      undelivered > 0 && (
        <Link to="/c/$cluster/whmcs" params={{ cluster }} search={{ tab: 'queue', client: String(id) }}>
          {t(msg`${undelivered} queued`)}
        </Link>
      ),
  },
]

function Links({ cluster, links: [first, ...others] }: Pick<ListedClient, 'links'> & { cluster: string }) {
  const { t } = useLingui()
  if (!first) return <span className="dimmed">{t({ message: 'none', context: 'S3 users' })}</span>
  return (
    <>
      <Link
        to="/c/$cluster/users/$userId"
        params={{ cluster: first.cluster || cluster, userId: first.userId }}
        search={{}}
      >
        <ForeignText text={first.email ?? first.linkedEmail} cap={60} />
      </Link>
      {others.length > 0 && (
        <span className="dimmed"> {plural(others.length, { one: 'and # other', other: 'and # others' })}</span>
      )}
    </>
  )
}

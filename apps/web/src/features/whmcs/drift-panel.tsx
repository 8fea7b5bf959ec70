import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { Drift } from '@ostor-console/shared/whmcs'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { AsOf } from '../../ui/as-of.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { DRIFT_WORDS } from './drift-words.ts'
import { driftQuery } from './whmcs-work.queries.ts'
import './whmcs.css'

/** Where WHMCS and the gateways differ. Each row leads to where something can be done; nothing is done here. */
export function DriftPanel({ cluster }: { cluster: string }) {
  const { t } = useLingui()
  const columns = [t`What`, t`Client`, t`User`, t`At WHMCS`, t`At the gateway`, t`Suggestion`]
  const drift = useQuery(driftQuery())
  return (
    <QueryPanel
      title={t`Where WHMCS and the gateway differ`}
      note={
        drift.data?.asOf ? (
          <>
            <Compared {...drift.data.compared} /> ·{' '}
            <AsOf freshness={{ asOf: drift.data.asOf, staleReason: drift.data.staleReason }} source={t`Compared`} />
          </>
        ) : (
          t`The console suggests, and never changes anything by itself.`
        )
      }
      flush
      query={drift}
      skeleton={<RowsSkeleton rows={5} />}
      isEmpty={({ items }) => items.length === 0}
      empty={
        drift.data?.asOf === null ? (
          <EmptyState title={t`Not compared yet`}>
            {drift.data.staleReason === null ? (
              <Trans>Clients and users are compared a moment after the start, then once an hour.</Trans>
            ) : (
              <ServerSentence text={drift.data.staleReason} />
            )}
          </EmptyState>
        ) : (
          <EmptyState icon={<IconCheck size={22} />} title={t`Nothing differs`}>
            <Trans>Every linked user belongs to a client that is there and active.</Trans>
          </EmptyState>
        )
      }
    >
      {({ items }) => (
        <EntriesTable label={t`Differences`} columns={columns}>
          {items.map((item) => (
            <Row key={`${item.kind} ${item.clientId} ${item.cluster} ${item.userId}`} cluster={cluster} item={item} />
          ))}
        </EntriesTable>
      )}
    </QueryPanel>
  )
}

function Compared({ clients, users }: { clients: number; users: number }) {
  const clientsText = plural(clients, { one: '# client', other: '# clients' })
  const usersText = plural(users, { one: '# user', other: '# users' })
  return (
    <Trans>
      {clientsText} and {usersText}
    </Trans>
  )
}

type Props = { cluster: string; item: Drift }

const nothing = <span className="dimmed">–</span>

function Row({ cluster, item }: Props) {
  const { t } = useLingui()
  const { word, tone, meaning } = DRIFT_WORDS[item.kind]
  const { clientId, clientName, userId, atWhmcs, atGateway } = item
  return (
    <tr>
      <td data-label={t`What`}>
        <StateDot tone={tone}>{t(word)}</StateDot>
        <span className="entries-under">{t(meaning)}</span>
      </td>
      <td data-label={t`Client`}>
        {clientId === null ? (
          nothing
        ) : (
          <ClientLink cluster={cluster} clientId={clientId}>
            {clientName ?? t`Client ${clientId}`}
          </ClientLink>
        )}
      </td>
      <td data-label={t`User`}>
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
      <td data-label={t`At WHMCS`}>{atWhmcs === null ? nothing : <ForeignText text={atWhmcs} cap={80} />}</td>
      <td data-label={t`At the gateway`}>{atGateway === null ? nothing : <ForeignText text={atGateway} cap={80} />}</td>
      <td data-label={t`Suggestion`}>
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
  const { t } = useLingui()
  if (suggestion === 'disable-user' && userId !== null) {
    return (
      <Link
        className="link"
        to="/c/$cluster/users/$userId"
        params={{ cluster: item.cluster ?? cluster, userId }}
        search={{}}
      >
        {t`Disable the user`}
      </Link>
    )
  }
  if (suggestion === 'unlink' && clientId !== null) {
    return (
      <ClientLink cluster={cluster} clientId={clientId}>
        {t`Take the link away`}
      </ClientLink>
    )
  }
  if (suggestion === 'relink' && clientId !== null) {
    return (
      <ClientLink cluster={cluster} clientId={clientId}>
        {t`Link it there`}
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
        {t`Find the client`}
      </Link>
    )
  }
  return <span className="dimmed">{t`Nothing to do`}</span>
}

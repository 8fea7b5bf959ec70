import type { ClientDetail } from '@ostor-console/shared/clients'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StateDot } from '../../ui/state-dot.tsx'

const COLUMNS = ['Service', 'Domain', 'Status', 'Next due']

/** What the client has at WHMCS. */
export function ServicesPanel({ services }: Pick<ClientDetail, 'services'>) {
  return (
    <Panel title="Services at WHMCS" note="Products of this client. They are changed at WHMCS." flush>
      {services === null ? (
        <EmptyState title="Services could not be read">WHMCS did not answer. They come back with it.</EmptyState>
      ) : services.length === 0 ? (
        <EmptyState title="No services">This client has no product at WHMCS.</EmptyState>
      ) : (
        <EntriesTable label="Services at WHMCS" columns={COLUMNS}>
          {services.map(({ id, product, group, domain, status, nextDueDate }) => (
            <tr key={id}>
              <td data-label="Service">
                <ForeignText text={product} cap={80} />
                <span className="entries-under">
                  <ForeignText text={group} cap={60} /> · number {id}
                </span>
              </td>
              <td data-label="Domain">
                {domain === '' ? <span className="dimmed">–</span> : <ForeignText text={domain} cap={60} />}
              </td>
              <td data-label="Status">
                <StateDot tone={toneOf(status)}>
                  <ForeignText text={status} cap={24} />
                </StateDot>
              </td>
              <td data-label="Next due">
                {nextDueDate === null ? <span className="dimmed">–</span> : <span className="num">{nextDueDate}</span>}
              </td>
            </tr>
          ))}
        </EntriesTable>
      )}
    </Panel>
  )
}

const toneOf = (status: string) =>
  status === 'Active' ? 'good' : status === 'Suspended' ? 'warn' : status === 'Fraud' ? 'bad' : 'off'

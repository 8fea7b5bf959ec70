import { Trans, useLingui } from '@lingui/react/macro'
import type { ClientDetail } from '@ostor-console/shared/clients'
import { formatDay } from '../../format/dates.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StateDot } from '../../ui/state-dot.tsx'

/** What the client has at WHMCS. */
export function ServicesPanel({ services }: Pick<ClientDetail, 'services'>) {
  const { t } = useLingui()
  const columns = [t`Service`, t`Domain`, t`Status`, t`Next due`]
  return (
    <Panel title={t`Services at WHMCS`} note={t`Products of this client. They are changed at WHMCS.`} flush>
      {services === null ? (
        <EmptyState title={t`Services could not be read`}>
          <Trans>WHMCS did not answer. They come back with it.</Trans>
        </EmptyState>
      ) : services.length === 0 ? (
        <EmptyState title={t`No services`}>
          <Trans>This client has no product at WHMCS.</Trans>
        </EmptyState>
      ) : (
        <EntriesTable label={t`Services at WHMCS`} columns={columns}>
          {services.map(({ id, product, group, domain, status, nextDueDate }) => (
            <tr key={id}>
              <td data-label={t`Service`}>
                <ForeignText text={product} cap={80} />
                <span className="entries-under">
                  <ForeignText text={group} cap={60} /> · <Trans>number {id}</Trans>
                </span>
              </td>
              <td data-label={t`Domain`}>
                {domain === '' ? <span className="dimmed">–</span> : <ForeignText text={domain} cap={60} />}
              </td>
              <td data-label={t`Status`}>
                <StateDot tone={toneOf(status)}>
                  <ForeignText text={status} cap={24} />
                </StateDot>
              </td>
              <td data-label={t`Next due`}>
                {nextDueDate === null ? (
                  <span className="dimmed">–</span>
                ) : (
                  <span className="num">{formatDay(nextDueDate, 'UTC')}</span>
                )}
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

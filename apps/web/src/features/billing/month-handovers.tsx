import type { BillingMonthDetail, Handover } from '@ostor-console/shared/billing'
import { Link } from '@tanstack/react-router'
import { formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'

/** Which users came to a client or left one, and who has the month then. */
export function MonthHandovers({ cluster, month }: { cluster: string; month: BillingMonthDetail }) {
  const { handovers, linksChanged, to } = month
  if (handovers.length === 0) return null
  const users = new Set(handovers.map(keyOf)).size
  return (
    <Panel
      title="Changed hands"
      note="The whole month goes to the client that a user belonged to at its end; who was linked to none by then, to the one of now."
      flush
    >
      <EntriesTable label="Changed hands" columns={['User', 'What', 'When']}>
        {handovers.map((each) => (
          <tr key={`${keyOf(each)} ${each.at} ${each.kind}`}>
            <td data-label="User">
              <Link to="/c/$cluster/users/$userId" params={{ cluster: each.cluster, userId: each.userId }} search={{}}>
                <ForeignText text={each.email ?? each.userId} cap={80} />
              </Link>
            </td>
            <td data-label="What">
              {each.kind === 'linked' ? 'linked to ' : 'unlinked from '}
              <Link
                to="/c/$cluster/clients/$clientId"
                params={{ cluster, clientId: String(each.clientId) }}
                search={{}}
              >
                Client {each.clientId}
              </Link>
            </td>
            <td data-label="When">
              {formatInstant(each.at)}
              {each.at >= to && <div className="entries-under">after its end, and counted for it</div>}
            </td>
          </tr>
        ))}
      </EntriesTable>
      {users < linksChanged && <p className="bill-more">and {formatCount(linksChanged - users)} users more</p>}
    </Panel>
  )
}

const keyOf = ({ cluster, userId }: Handover): string => `${cluster} ${userId}`

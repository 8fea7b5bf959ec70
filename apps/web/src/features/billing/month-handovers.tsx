import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { BillingMonthDetail, Handover } from '@ostor-console/shared/billing'
import { Link } from '@tanstack/react-router'
import { formatCount } from '../../format/counts.ts'
import { formatInstant } from '../../format/dates.ts'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { Panel } from '../../ui/panel.tsx'

/** Which users came to a client or left one, and who has the month then. */
export function MonthHandovers({ cluster, month }: { cluster: string; month: BillingMonthDetail }) {
  const { t } = useLingui()
  const { handovers, linksChanged, to } = month
  if (handovers.length === 0) return null
  const users = new Set(handovers.map(keyOf)).size
  const unnamed = linksChanged - users
  const more = formatCount(Math.max(0, unnamed))
  return (
    <Panel
      title={t`Changed hands`}
      note={t`The whole month goes to the client that a user belonged to at its end; who was linked to none by then, to the one of now.`}
      flush
    >
      <EntriesTable label={t`Changed hands`} columns={[t`User`, t`What`, t`When`]}>
        {handovers.map((each) => (
          <tr key={`${keyOf(each)} ${each.at} ${each.kind}`}>
            <td data-label={t`User`}>
              <Link to="/c/$cluster/users/$userId" params={{ cluster: each.cluster, userId: each.userId }} search={{}}>
                <ForeignText text={each.email ?? each.userId} cap={80} />
              </Link>
            </td>
            <td data-label={t`What`}>
              <What cluster={cluster} handover={each} />
            </td>
            <td data-label={t`When`}>
              {formatInstant(each.at)}
              {each.at >= to && <div className="entries-under">{t`after its end, and counted for it`}</div>}
            </td>
          </tr>
        ))}
      </EntriesTable>
      {unnamed > 0 && (
        <p className="bill-more">
          {plural(unnamed, { one: `and ${more} user more`, other: `and ${more} users more` })}
        </p>
      )}
    </Panel>
  )
}

function What({ cluster, handover: { kind, clientId } }: { cluster: string; handover: Handover }) {
  const client = (
    <Link to="/c/$cluster/clients/$clientId" params={{ cluster, clientId: String(clientId) }} search={{}}>
      <Trans>Client {clientId}</Trans>
    </Link>
  )
  return kind === 'linked' ? <Trans>linked to {client}</Trans> : <Trans>unlinked from {client}</Trans>
}

const keyOf = ({ cluster, userId }: Handover): string => `${cluster} ${userId}`

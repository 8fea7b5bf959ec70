import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { BillDetail } from '@ostor-console/shared/bills'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { BillLines } from '../features/billing/bill-lines.tsx'
import { BillWhmcs } from '../features/billing/bill-whmcs.tsx'
import { billQuery } from '../features/billing/billing.queries.ts'
import { monthName, togetherText } from '../features/billing/billing-words.ts'
import { LineEvidence } from '../features/billing/line-evidence.tsx'
import { ForeignText } from '../ui/foreign-text.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { QueryPanel } from '../ui/query-panel.tsx'

const route = getRouteApi('/c/$cluster/billing/$month/$bill')

/** The lines of one client or user, down to the hours and objects under them. */
export function BillPage() {
  const { t } = useLingui()
  const { cluster, month, bill: id } = route.useParams()
  const bill = useQuery(billQuery(month, id))
  const [shown, setShown] = useState<number | null>(null)
  const { data } = bill
  const line = data?.lines.find(({ lineNo }) => lineNo === shown)
  return (
    <Page
      title={data?.name ?? t`Bill`}
      heading={data && <ForeignText text={data.name} />}
      crumbs={
        <>
          <Link to="/c/$cluster/billing" params={{ cluster }}>
            <Trans>Billing</Trans>
          </Link>{' '}
          /{' '}
          <Link to="/c/$cluster/billing/$month" params={{ cluster, month }} search={{}}>
            {monthName(month)}
          </Link>
        </>
      }
      meta={data && whoseText(data)}
    >
      <QueryPanel title={t`Lines`} note={data && togetherText(data)} query={bill} flush>
        {({ lines }) => <BillLines lines={lines} shown={shown} onShow={setShown} />}
      </QueryPanel>
      {line && <LineEvidence key={line.lineNo} month={month} bill={id} line={line} />}
      {data && (
        <Panel title={t`Whose usage it is`}>
          <ul className="plain-list">
            {data.users.map((user) => (
              <li key={`${user.cluster} ${user.userId}`}>
                <Link
                  to="/c/$cluster/users/$userId"
                  params={{ cluster: user.cluster, userId: user.userId }}
                  search={{}}
                  className="link"
                >
                  <ForeignText text={user.email ?? user.userId} />
                </Link>{' '}
                <span className="dimmed">
                  <ForeignText text={user.clusterName} cap={60} />
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {data && data.clientId !== null && <BillWhmcs key={data.clientId} bill={data} clientId={data.clientId} />}
    </Page>
  )
}

const whoseText = ({ clientId, users }: BillDetail): string =>
  clientId === null
    ? t`An S3 user who belongs to no client`
    : plural(users.length, {
        one: `Client ${clientId} of WHMCS, with # S3 user`,
        other: `Client ${clientId} of WHMCS, with # S3 users`,
      })

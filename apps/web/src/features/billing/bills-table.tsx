import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Bill } from '@ostor-console/shared/bills'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatMoney } from '../../format/money.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { NotKnown } from '../../ui/unknown.tsx'
import { COVERAGE_WORDS, exactCount } from './billing-words.ts'
import './billing.css'

type Props = { cluster: string; month: string; hours: number; bills: Bill[]; busy: boolean }

export function BillsTable({ cluster, month, hours, bills, busy }: Props) {
  const { t } = useLingui()
  const columns = useMemo(() => columnsOf(t, cluster, month, hours), [t, cluster, month, hours])
  return <DataTable label={t`Bills`} rows={bills} columns={columns} rowKey={keyOf} busy={busy} />
}

const columnsOf = (
  t: (text: MessageDescriptor) => string,
  cluster: string,
  month: string,
  hours: number,
): Column<Bill>[] => [
  {
    id: 'name',
    header: t(msg`Billed to`),
    cell: ({ id, name }) => (
      <Link to="/c/$cluster/billing/$month/$bill" params={{ cluster, month, bill: id }} search={{}}>
        <ForeignText text={name} cap={64} />
      </Link>
    ),
  },
  {
    id: 'who',
    header: t(msg`Who`),
    wide: true,
    from: 'desk',
    width: '200px',
    cell: ({ clientId, userId }) =>
      clientId === null ? <ForeignText text={userId ?? ''} mono /> : t(msg`Client ${clientId}`),
  },
  {
    id: 'storage',
    header: t(msg`Stored on average`),
    numeric: true,
    wide: true,
    cell: ({ counts: { storage } }) =>
      storage === null ? (
        <NotKnown />
      ) : (
        <span title={exactCount('storage', storage)}>{formatBytes(BigInt(storage) / BigInt(hours))}</span>
      ),
  },
  {
    id: 'egress',
    header: t(msg`Traffic out`),
    numeric: true,
    wide: true,
    cell: ({ counts: { egress } }) =>
      egress === null ? <NotKnown /> : <span title={exactBytes(egress)}>{formatBytes(egress)}</span>,
  },
  {
    id: 'coverage',
    header: t(msg`Figures`),
    wide: true,
    width: '120px',
    cell: ({ coverage }) => (
      <StateDot tone={COVERAGE_WORDS[coverage].tone}>{t(COVERAGE_WORDS[coverage].word)}</StateDot>
    ),
  },
  { id: 'amount', header: t(msg`Amount`), numeric: true, cell: (bill) => <Amount bill={bill} /> },
]

const keyOf = ({ id, currency }: Bill): string => `${id} ${currency}`

function Amount({ bill: { amount, currency, corrections } }: { bill: Bill }) {
  const { t } = useLingui()
  return (
    <span className="bill-amount" title={corrections > 0 ? t`With corrections of earlier months` : undefined}>
      {amount === null ? (
        <span className="dimmed">{currency === null ? t`no plan` : t`not known`}</span>
      ) : (
        formatMoney(amount, currency)
      )}
      {corrections > 0 && ' *'}
    </span>
  )
}

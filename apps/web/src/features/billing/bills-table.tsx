import type { Bill } from '@ostor-console/shared/bills'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatMoney } from '../../format/money.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ForeignText } from '../../ui/foreign-text.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { COVERAGE_WORDS, exactCount } from './billing-words.ts'
import './billing.css'

type Props = { cluster: string; month: string; hours: number; bills: Bill[]; busy: boolean }

export function BillsTable({ cluster, month, hours, bills, busy }: Props) {
  const columns = useMemo(() => columnsOf(cluster, month, hours), [cluster, month, hours])
  return <DataTable label="Bills" rows={bills} columns={columns} rowKey={keyOf} busy={busy} />
}

const keyOf = ({ id, currency }: Bill): string => `${id} ${currency}`

const UNKNOWN = <span className="dimmed">not known</span>

const columnsOf = (cluster: string, month: string, hours: number): Column<Bill>[] => [
  {
    id: 'name',
    header: 'Billed to',
    cell: ({ id, name }) => (
      <Link to="/c/$cluster/billing/$month/$bill" params={{ cluster, month, bill: id }} search={{}}>
        <ForeignText text={name} cap={64} />
      </Link>
    ),
  },
  {
    id: 'who',
    header: 'Who',
    wide: true,
    width: '200px',
    cell: ({ clientId, userId }) =>
      clientId === null ? <ForeignText text={userId ?? ''} mono /> : `Client ${clientId}`,
  },
  {
    id: 'storage',
    header: 'Stored on average',
    numeric: true,
    wide: true,
    cell: ({ counts: { storage } }) =>
      storage === null ? (
        UNKNOWN
      ) : (
        <span title={exactCount('storage', storage)}>{formatBytes(BigInt(storage) / BigInt(hours))}</span>
      ),
  },
  {
    id: 'egress',
    header: 'Traffic out',
    numeric: true,
    wide: true,
    cell: ({ counts: { egress } }) =>
      egress === null ? UNKNOWN : <span title={exactBytes(egress)}>{formatBytes(egress)}</span>,
  },
  {
    id: 'coverage',
    header: 'Figures',
    wide: true,
    width: '120px',
    cell: ({ coverage }) => <StateDot tone={COVERAGE_WORDS[coverage].tone}>{COVERAGE_WORDS[coverage].word}</StateDot>,
  },
  {
    id: 'amount',
    header: 'Amount',
    numeric: true,
    cell: ({ amount, currency, corrections }) => (
      <span className="bill-amount" title={corrections > 0 ? 'With corrections of earlier months' : undefined}>
        {amount === null ? (
          <span className="dimmed">{currency === null ? 'no plan' : 'not known'}</span>
        ) : (
          formatMoney(amount, currency)
        )}
        {corrections > 0 && ' *'}
      </span>
    ),
  },
]

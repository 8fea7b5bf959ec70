import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { BillingMonth } from '@ostor-console/shared/billing'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { formatCount } from '../../format/counts.ts'
import { formatMoney } from '../../format/money.ts'
import { Age } from '../../ui/age.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { StateDot } from '../../ui/state-dot.tsx'
import { COVERAGE_WORDS, monthName, STATE_WORDS } from './billing-words.ts'

type Props = { cluster: string; months: BillingMonth[] }

export function MonthsTable({ cluster, months }: Props) {
  const { t } = useLingui()
  const columns = useMemo(() => columnsOf(t, cluster), [t, cluster])
  return <DataTable label={t`Months`} rows={months} columns={columns} rowKey={keyOf} />
}

const columnsOf = (t: (text: MessageDescriptor) => string, cluster: string): Column<BillingMonth>[] => [
  {
    id: 'month',
    header: t(msg`Month`),
    cell: ({ month }) => (
      <Link to="/c/$cluster/billing/$month" params={{ cluster, month }} search={{}} className="month-name">
        {monthName(month)}
      </Link>
    ),
  },
  {
    id: 'state',
    header: t(msg`State`),
    width: '110px',
    cell: ({ state }) => <StateDot tone={STATE_WORDS[state].tone}>{t(STATE_WORDS[state].word)}</StateDot>,
  },
  {
    id: 'coverage',
    header: t(msg`Figures`),
    wide: true,
    width: '130px',
    cell: ({ countedAt, coverage }) =>
      countedAt === null ? null : (
        <StateDot tone={COVERAGE_WORDS[coverage].tone}>{t(COVERAGE_WORDS[coverage].word)}</StateDot>
      ),
  },
  {
    id: 'bills',
    header: t(msg`Bills`),
    numeric: true,
    wide: true,
    from: 'laptop',
    width: '110px',
    cell: ({ countedAt, bills }) => (countedAt === null ? null : formatCount(bills)),
  },
  { id: 'sum', header: t(msg`Sum`), numeric: true, cell: (month) => <Sums month={month} /> },
  {
    id: 'counted',
    header: t(msg`Counted`),
    wide: true,
    from: 'laptop',
    width: '150px',
    cell: ({ countedAt }) =>
      countedAt === null ? <span className="dimmed">{t(msg`not yet`)}</span> : <Age at={countedAt} />,
  },
]

const keyOf = ({ month }: BillingMonth): string => month

function Sums({ month: { countedAt, sums } }: { month: BillingMonth }) {
  const { t } = useLingui()
  if (countedAt === null) return null
  const priced = sums.filter(({ currency }) => currency !== null)
  if (priced.length === 0) return <span className="dimmed">{t`no plan`}</span>
  return priced
    .map(({ currency, amount }) => (amount === null ? t`not known` : formatMoney(amount, currency)))
    .join(' · ')
}

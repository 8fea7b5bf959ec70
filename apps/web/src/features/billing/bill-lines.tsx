import { Button } from '@mantine/core'
import type { BillLine } from '@ostor-console/shared/bills'
import { quantityText } from '@ostor-console/shared/money'
import type { Priced } from '@ostor-console/shared/plans'
import { formatCount } from '../../format/counts.ts'
import { formatMoney } from '../../format/money.ts'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { exactCount, grouped, lineQuantity, METRIC_WORDS, monthName } from './billing-words.ts'

const COLUMNS = ['Line', 'Quantity', 'Price', 'Amount', 'Evidence']
const ENDS = ['Amount']

type Props = { lines: BillLine[] /** Its number. */; shown: number | null; onShow: (lineNo: number) => void }

export function BillLines({ lines, shown, onShow }: Props) {
  return (
    <EntriesTable label="Lines" columns={COLUMNS} ends={ENDS}>
      {lines.map((line) => (
        <LineRow key={line.lineNo} line={line} isShown={shown === line.lineNo} onShow={onShow} />
      ))}
    </EntriesTable>
  )
}

type RowProps = { line: BillLine; isShown: boolean; onShow: (lineNo: number) => void }

function LineRow({ line, isShown, onShow }: RowProps) {
  const { kind, metric, ofMonth, coverage, count, planName, currency, amount } = line
  const quantity = lineQuantity(line)
  return (
    <tr>
      <td data-label="Line">
        {kind === 'correction' ? `Correction, ${METRIC_WORDS[metric]}` : METRIC_WORDS[metric]}
        <div className="entries-under">{kind === 'correction' ? `of ${monthName(ofMonth)}` : planName}</div>
      </td>
      <td data-label="Quantity">
        {quantity === null ? (
          <span className="dimmed">not known</span>
        ) : (
          <>
            {coverage === 'partial' && 'at least '}
            {quantity}
            {count !== null && BYTES.includes(metric) && (
              <div className="entries-under">{exactCount(metric, count)}</div>
            )}
          </>
        )}
      </td>
      <td data-label="Price">
        <Parts line={line} />
      </td>
      <td data-label="Amount" className="entries-end">
        {amount === null ? (
          <span className="dimmed">not known</span>
        ) : (
          <span className="bill-amount num">{formatMoney(amount, currency)}</span>
        )}
      </td>
      <td aria-label="Evidence">
        {count !== null && (
          <Button
            size="compact-xs"
            variant="default"
            aria-pressed={isShown}
            aria-label={`Hours of ${METRIC_WORDS[metric]}, ${kind === 'correction' ? monthName(ofMonth) : planName}`}
            onClick={() => onShow(line.lineNo)}
          >
            Hours
          </Button>
        )}
      </td>
    </tr>
  )
}

const BYTES: readonly Priced[] = ['storage', 'egress']

const partText = (count: string, per: string | null): string =>
  grouped(quantityText({ count: BigInt(count), per: BigInt(per ?? '1') }, 3))

/** How the amount came about: what is included, and each tier. */
function Parts({ line: { kind, included, parts, per, currency, planId, unit, count } }: { line: BillLine }) {
  if (planId === null) return <span className="dimmed">no plan</span>
  if (count === null) return <span className="dimmed">not known</span>
  if (kind === 'correction') return <span className="dimmed">as of that month</span>
  return (
    <>
      {included !== null && included > 0 && <div className="entries-under">{formatCount(included)} included</div>}
      {parts.map(({ from, price, count: some }) => (
        <div key={from}>
          {Number(price) === 0
            ? 'free'
            : `${partText(some, per)} ${unit === '1,000 operations' ? 'thousand ' : ''}× ${formatMoney(price, currency)}`}
        </div>
      ))}
      {parts.length === 0 && <span className="dimmed">nothing above that</span>}
    </>
  )
}

import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { BillLine } from '@ostor-console/shared/bills'
import { quantityText } from '@ostor-console/shared/money'
import type { Priced } from '@ostor-console/shared/plans'
import { formatCount } from '../../format/counts.ts'
import { formatMoney } from '../../format/money.ts'
import { EntriesTable } from '../../ui/entries-table.tsx'
import { NotKnown } from '../../ui/unknown.tsx'
import { exactCount, grouped, lineQuantity, METRIC_WORDS, monthName } from './billing-words.ts'

type Props = { lines: BillLine[] /** Its number. */; shown: number | null; onShow: (lineNo: number) => void }

export function BillLines({ lines, shown, onShow }: Props) {
  const { t } = useLingui()
  const columns = [t`Line`, t`Quantity`, t`Price`, t`Amount`, t`Evidence`]
  return (
    <EntriesTable label={t`Lines`} columns={columns} ends={[t`Amount`]}>
      {lines.map((line) => (
        <LineRow key={line.lineNo} line={line} isShown={shown === line.lineNo} onShow={onShow} />
      ))}
    </EntriesTable>
  )
}

type RowProps = { line: BillLine; isShown: boolean; onShow: (lineNo: number) => void }

function LineRow({ line, isShown, onShow }: RowProps) {
  const { t } = useLingui()
  const { kind, metric, ofMonth, coverage, count, planName, currency, amount } = line
  const quantity = lineQuantity(line)
  const what = t(METRIC_WORDS[metric])
  const month = monthName(ofMonth)
  const whose = kind === 'correction' ? month : planName
  return (
    <tr>
      <td data-label={t`Line`}>
        {kind === 'correction' ? (
          <>
            {t`Correction, ${what}`}
            <div className="entries-under">{t`of ${month}`}</div>
          </>
        ) : (
          <>
            {what}
            <div className="entries-under" translate="no">
              {planName}
            </div>
          </>
        )}
      </td>
      <td data-label={t`Quantity`}>
        {quantity === null ? (
          <NotKnown />
        ) : (
          <>
            {coverage === 'partial' ? t`at least ${quantity}` : quantity}
            {count !== null && BYTES.includes(metric) && (
              <div className="entries-under">{exactCount(metric, count)}</div>
            )}
          </>
        )}
      </td>
      <td data-label={t`Price`}>
        <Parts line={line} />
      </td>
      <td data-label={t`Amount`} className="entries-end">
        {amount === null ? <NotKnown /> : <span className="bill-amount num">{formatMoney(amount, currency)}</span>}
      </td>
      <td aria-label={t`Evidence`}>
        {count !== null && (
          <Button
            size="compact-xs"
            variant="default"
            aria-pressed={isShown}
            aria-label={t`Hours of ${what}, ${whose}`}
            onClick={() => onShow(line.lineNo)}
          >
            <Trans>Hours</Trans>
          </Button>
        )}
      </td>
    </tr>
  )
}

const BYTES: readonly Priced[] = ['storage', 'egress']

/** How the amount came about: what is included, and each tier. */
function Parts({ line }: { line: BillLine }) {
  const { t } = useLingui()
  const { kind, included, parts, planId } = line
  if (planId === null) return <span className="dimmed">{t`no plan`}</span>
  if (line.count === null) return <NotKnown />
  if (kind === 'correction') return <span className="dimmed">{t`as of that month`}</span>
  const count = formatCount(included ?? 0)
  return (
    <>
      {included !== null && included > 0 && <div className="entries-under">{t`${count} included`}</div>}
      {parts.map((part) => (
        <div key={part.from}>{partText(line, part)}</div>
      ))}
      {parts.length === 0 && <span className="dimmed">{t`nothing above that`}</span>}
    </>
  )
}

const partText = ({ per, unit, currency }: BillLine, { price, count }: BillLine['parts'][number]): string => {
  if (Number(price) === 0) return t({ message: 'free', context: 'a price' })
  const quantity = grouped(quantityText({ count: BigInt(count), per: BigInt(per ?? '1') }, 3))
  const each = formatMoney(price, currency)
  return unit === '1,000 operations' ? t`${quantity} thousand × ${each}` : `${quantity} × ${each}`
}

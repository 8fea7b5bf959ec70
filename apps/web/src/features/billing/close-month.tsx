import type { BillingMonthDetail } from '@ostor-console/shared/billing'
import { plural } from '../../format/counts.ts'
import { formatMoney } from '../../format/money.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useCloseMonth } from './billing.queries.ts'
import { monthName } from './billing-words.ts'
import { missingOf } from './month-coverage.tsx'

type Props = { month: BillingMonthDetail; onClose: () => void }

/** Says what closing fixes for good, and what is missing, before it is done. */
export function CloseMonth({ month, onClose }: Props) {
  const close = useCloseMonth(month.month)
  const missing = missingOf(month)
  const isWhole = month.countedAt !== null && missing.length === 0
  const sums = month.sums.filter(({ currency }) => currency !== null)
  return (
    <ConfirmDialog
      title={`Close ${monthName(month.month)}`}
      confirmLabel="Close the month"
      typed={{ label: `Type ${month.month} to confirm`, text: month.month }}
      {...(!isWhole && { accept: 'Close it although not all of it is known' })}
      pending={close.isPending}
      error={close.error}
      onConfirm={() => close.mutate(!isWhole, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        It is counted once more, and then its lines and its file stay as they are. What comes late is corrected in the
        next month that is open. This cannot be undone.
      </p>
      {month.countedAt !== null && (
        <p>
          Counted last: {plural(month.bills, 'bill')}
          {sums
            .map(
              ({ currency, amount }) =>
                `, ${amount === null ? 'an amount that is not known' : formatMoney(amount, currency)}`,
            )
            .join('')}
          .
        </p>
      )}
      {month.linksChanged > 0 && (
        <p>
          {plural(month.linksChanged, 'user')} changed hands: the whole month goes to the client that a user belonged to
          at its end.
        </p>
      )}
      {missing.length > 0 && (
        <ul>
          {missing.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </ConfirmDialog>
  )
}

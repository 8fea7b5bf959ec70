import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { BillingMonthDetail } from '@ostor-console/shared/billing'
import { formatMoney } from '../../format/money.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useCloseMonth } from './billing.queries.ts'
import { monthName } from './billing-words.ts'
import { missingOf } from './month-coverage.tsx'

type Props = { month: BillingMonthDetail; onClose: () => void }

/** Says what closing fixes for good, and what is missing, before it is done. */
export function CloseMonth({ month, onClose }: Props) {
  const { t } = useLingui()
  const close = useCloseMonth(month.month)
  const missing = missingOf(month)
  const name = monthName(month.month)
  const isWhole = month.countedAt !== null && missing.length === 0
  const sums = month.sums.filter(({ currency }) => currency !== null)
  const counted = [
    plural(month.bills, { one: '# bill', other: '# bills' }),
    ...sums.map(({ currency, amount }) =>
      amount === null ? t`an amount that is not known` : formatMoney(amount, currency),
    ),
  ].join(', ')
  const { month: text } = month
  return (
    <ConfirmDialog
      title={t`Close ${name}`}
      confirmLabel={t`Close the month`}
      typed={{ label: t`Type ${text} to confirm`, text }}
      {...(!isWhole && { accept: t`Close it although not all of it is known` })}
      pending={close.isPending}
      error={close.error}
      onConfirm={() => close.mutate(!isWhole, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <Trans>
          It is counted once more, and then its lines and its file stay as they are. What comes late is corrected in the
          next month that is open. This cannot be undone.
        </Trans>
      </p>
      {month.countedAt !== null && (
        <p>
          <Trans>Counted last: {counted}.</Trans>
        </p>
      )}
      {month.linksChanged > 0 && (
        <p>
          {plural(month.linksChanged, {
            one: '# user changed hands: the whole month goes to the client that a user belonged to at its end.',
            other: '# users changed hands: the whole month goes to the client that a user belonged to at its end.',
          })}
        </p>
      )}
      {missing.length > 0 && (
        <ul>
          {missing.map(({ key, sentence }) => (
            <li key={key}>{sentence}</li>
          ))}
        </ul>
      )}
    </ConfirmDialog>
  )
}

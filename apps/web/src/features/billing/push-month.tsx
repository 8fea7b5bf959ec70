import { Button, Group, Radio, Stack } from '@mantine/core'
import type { BillingMonthDetail } from '@ostor-console/shared/billing'
import { useState } from 'react'
import { formatCount, plural } from '../../format/counts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { usePushMonth } from './billing.queries.ts'
import { monthName } from './billing-words.ts'

type Props = { month: BillingMonthDetail; onClose: () => void }

/** Chooses what WHMCS is told of a month, and says what came of it. */
export function PushMonth({ month, onClose }: Props) {
  const push = usePushMonth(month.month)
  const invoices = month.push.invoices && month.state === 'closed'
  const [kind, setKind] = useState<'usage' | 'invoice'>(month.push.usage ? 'usage' : 'invoice')
  const told = push.data
  return (
    <Dialog title={`Tell WHMCS of ${monthName(month.month)}`} onClose={push.isPending ? undefined : onClose}>
      <Stack gap="md">
        <Radio.Group label="What" value={kind} onChange={(value) => setKind(value === 'invoice' ? 'invoice' : 'usage')}>
          <Stack gap="xs" mt="xs">
            <Radio
              value="usage"
              disabled={!month.push.usage}
              label="Usage of the services"
              description={
                month.push.usage
                  ? 'Average storage and traffic out, as often as you like; not of clients whose invoice was drafted'
                  : 'WHMCS_USAGE_PUSH is not “product”'
              }
            />
            <Radio
              value="invoice"
              disabled={!invoices}
              label="A draft of an invoice for each client"
              description={
                invoices
                  ? `Once for each client at most, ${plural(month.push.pushed, 'client')} so far; not for those whose usage was told`
                  : 'Only for a closed month'
              }
            />
          </Stack>
        </Radio.Group>
        {push.error && <ProblemAlert error={push.error} />}
        {told && (
          <output className="dialog-text">
            <p>
              {formatCount(told.queued)} handed to the queue; {formatCount(told.before)} known there before.
            </p>
            {told.left.length > 0 && (
              <ul>
                {told.left.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
                {told.leftCount > told.left.length && (
                  <li>and {formatCount(told.leftCount - told.left.length)} more</li>
                )}
              </ul>
            )}
          </output>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={push.isPending}>
            Close
          </Button>
          <Button
            loading={push.isPending}
            disabled={kind === 'usage' ? !month.push.usage : !invoices}
            onClick={() => push.mutate({ kind })}
          >
            Hand it to the queue
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

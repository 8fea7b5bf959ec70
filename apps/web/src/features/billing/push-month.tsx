import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Radio, Stack } from '@mantine/core'
import type { BillingMonthDetail } from '@ostor-console/shared/billing'
import { useState } from 'react'
import { formatCount } from '../../format/counts.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { ServerSentence } from '../../ui/server-sentence.tsx'
import { usePushMonth } from './billing.queries.ts'
import { monthName } from './billing-words.ts'

type Props = { month: BillingMonthDetail; onClose: () => void }

/** Chooses what WHMCS is told of a month, and says what came of it. */
export function PushMonth({ month, onClose }: Props) {
  const { t } = useLingui()
  const push = usePushMonth(month.month)
  const invoices = month.push.invoices && month.state === 'closed'
  const [kind, setKind] = useState<'usage' | 'invoice'>(month.push.usage ? 'usage' : 'invoice')
  const told = push.data
  const name = monthName(month.month)
  return (
    <Dialog title={t`Tell WHMCS of ${name}`} onClose={push.isPending ? undefined : onClose}>
      <Stack gap="md">
        <Radio.Group
          label={t`What`}
          value={kind}
          onChange={(value) => setKind(value === 'invoice' ? 'invoice' : 'usage')}
        >
          <Stack gap="xs" mt="xs">
            <Radio
              value="usage"
              disabled={!month.push.usage}
              label={t`Usage of the services`}
              description={
                month.push.usage
                  ? t`Average storage and traffic out, as often as you like; not of clients whose invoice was drafted`
                  : t`WHMCS_USAGE_PUSH is not “product”`
              }
            />
            <Radio
              value="invoice"
              disabled={!invoices}
              label={t`A draft of an invoice for each client`}
              description={
                invoices
                  ? plural(month.push.pushed, {
                      one: 'Once for each client at most, # client so far; not for those whose usage was told',
                      other: 'Once for each client at most, # clients so far; not for those whose usage was told',
                    })
                  : t`Only for a closed month`
              }
            />
          </Stack>
        </Radio.Group>
        {push.error && <ProblemAlert error={push.error} />}
        {told && <Told {...told} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={push.isPending}>
            <Trans>Close</Trans>
          </Button>
          <ActionButton
            busy={push.isPending}
            disabled={kind === 'usage' ? !month.push.usage : !invoices}
            onClick={() => push.mutate({ kind })}
          >
            <Trans>Hand it to the queue</Trans>
          </ActionButton>
        </Group>
      </Stack>
    </Dialog>
  )
}

type ToldProps = {
  queued: number
  before: number
  /** What was left out, in sentences of the server. */
  left: string[]
  leftCount: number
}

function Told({ left, leftCount, ...told }: ToldProps) {
  const queued = formatCount(told.queued)
  const before = formatCount(told.before)
  const more = formatCount(leftCount - left.length)
  return (
    <output className="dialog-text">
      <p>
        <Trans>
          {queued} handed to the queue; {before} known there before.
        </Trans>
      </p>
      {left.length > 0 && (
        <ul>
          {left.map((sentence) => (
            <li key={sentence}>
              <ServerSentence text={sentence} cap={200} />
            </li>
          ))}
          {leftCount > left.length && (
            <li>
              <Trans>and {more} more</Trans>
            </li>
          )}
        </ul>
      )}
    </output>
  )
}

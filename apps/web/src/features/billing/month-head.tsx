import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import type { BillingMonthDetail } from '@ostor-console/shared/billing'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import { useState } from 'react'
import { VerbButton } from '../../api/verb-button.tsx'
import { exactBytes, formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/counts.ts'
import { formatMoney } from '../../format/money.ts'
import { Figure, Figures } from '../../ui/figure.tsx'
import { useServerText } from '../../words/server-words.ts'
import { exactCount } from './billing-words.ts'
import { CloseMonth } from './close-month.tsx'
import { PushMonth } from './push-month.tsx'

const FILES: Record<string, MessageDescriptor> = {
  csv: msg`Lines as CSV`,
  parquet: msg`Lines as Parquet`,
  manifest: msg`Manifest with sums and SHA-256`,
}

type Props = { month: BillingMonthDetail; isCounting: boolean; onCount: () => void }

/** What can be done with a month. */
export function MonthActions({ month, isCounting, onCount }: Props) {
  const inWords = useServerText()
  const [open, setOpen] = useState<'close' | 'push' | null>(null)
  const isClosed = month.state === 'closed'
  const mayPush = month.push.usage || month.push.invoices
  return (
    <>
      {!isClosed && (
        <VerbButton verb="billing.manage" variant="default" busy={isCounting} onClick={onCount}>
          {month.countedAt === null ? <Trans>Count it</Trans> : <Trans>Count again</Trans>}
        </VerbButton>
      )}
      {month.countedAt !== null && <Files month={month} />}
      {mayPush && month.countedAt !== null && (
        <VerbButton verb="billing.manage" variant="default" onClick={() => setOpen('push')}>
          <Trans>Tell WHMCS…</Trans>
        </VerbButton>
      )}
      {!isClosed && (
        <VerbButton
          verb="billing.manage"
          reason={month.notYet && inWords(month.notYet)}
          onClick={() => setOpen('close')}
        >
          <Trans>Close the month…</Trans>
        </VerbButton>
      )}
      {open === 'close' && <CloseMonth month={month} onClose={() => setOpen(null)} />}
      {open === 'push' && <PushMonth month={month} onClose={() => setOpen(null)} />}
    </>
  )
}

function Files({ month: { month, state } }: { month: BillingMonthDetail }) {
  const { t } = useLingui()
  const address = (file: string) => `/api/v1/billing/months/${month}/files/${file}`
  const files = Object.entries(FILES).filter(([file]) => file === 'csv' || state === 'closed')
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />}>
          <Trans>Export</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {files.map(([file, label]) => (
          <Menu.Item key={file} component="a" href={address(file)} download>
            {state === 'closed' ? t(label) : t`Lines up to now as CSV`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The sums of a month. */
export function MonthFigures({ month }: { month: BillingMonthDetail }) {
  const { t } = useLingui()
  const { sums, bills, counts, averageHours } = month
  const corrections = formatCount(month.corrections)
  const { storage, egress } = counts
  const operations = [counts.put, counts.get, counts.list, counts.other]
  const known = operations.flatMap((count) => count ?? [])
  return (
    <Figures>
      {sums
        .filter(({ currency }) => currency !== null)
        .map(({ currency, amount }) => (
          <Figure
            key={currency}
            label={t`To be paid`}
            value={amount === null ? null : formatMoney(amount, currency)}
            note={month.coverage === 'complete' || amount === null ? undefined : t`at least: not all of it is known`}
          />
        ))}
      <Figure
        label={t`Bills`}
        value={formatCount(bills)}
        note={
          month.corrections > 0
            ? plural(month.corrections, {
                one: `${corrections} correction line of earlier months`,
                other: `${corrections} correction lines of earlier months`,
              })
            : undefined
        }
      />
      <Figure
        label={t`Stored on average`}
        value={storage === null ? null : formatBytes(BigInt(storage) / BigInt(averageHours))}
        {...(storage !== null && { exact: exactCount('storage', storage) })}
      />
      <Figure
        label={t`Traffic out`}
        value={egress === null ? null : formatBytes(egress)}
        {...(egress !== null && { exact: exactBytes(egress) })}
      />
      <Figure
        label={t`Operations`}
        value={known.length === 0 ? null : formatCount(known.reduce((sum, count) => sum + BigInt(count), 0n))}
      />
    </Figures>
  )
}
